namespace Dfx.Torch.Tests.Networks;

/// <summary>An optimizer whose state was saved and copied into a fresh one goes on as if nothing had happened, to the bit.</summary>
public sealed class OptimizerStateTests : ScopedTests
{
    [Test]
    public void Adam_resumes_to_the_bit([Values] bool amsgrad) =>
        Resumes(p => torch.optim.Adam(p, 0.1, amsgrad: amsgrad), (from, to) => Copy((Adam.State)from, (Adam.State)to));

    [Test]
    public void AdamW_resumes_to_the_bit([Values] bool amsgrad) =>
        Resumes(p => torch.optim.AdamW(p, 0.1, weight_decay: 0.1, amsgrad: amsgrad), (from, to) => Copy((AdamW.State)from, (AdamW.State)to));

    // As in PyTorch, momentum that was put into the state is momentum: the first step after it is no first step.
    [Test]
    public void SGD_resumes_to_the_bit([Values(0, 0.5)] double dampening) => Resumes(
        p => torch.optim.SGD(p, 0.1, 0.9, dampening),
        (from, to) => ((SGD.State)to).momentum_buffer = ((SGD.State)from).momentum_buffer!.clone().DetachFromDisposeScope());

    [Test]
    public void State_is_one_object_a_parameter_in_their_order()
    {
        Parameter[] parameters = [new(torch.ones(2)), new(torch.ones(3, 4))];
        using var optimizer = torch.optim.Adam(parameters);
        var states = optimizer.state_dict().State.Cast<Adam.State>().ToArray();
        Assert.That(states.Select(s => s.exp_avg.shape), Is.EqualTo(parameters.Select(p => p.shape)));
        Assert.That(states.Select(s => s.step), Is.All.Zero);
        Assert.That(states.Select(s => s.max_exp_avg_sq), Is.All.Null);
        parameters[1].grad = torch.ones(3, 4);
        optimizer.step();
        Assert.That(states.Select(s => s.step), Is.EqualTo(new long[] { 0, 1 }), "live objects; a parameter without gradient takes no step");
        Assert.That(Numbers.Of(states[1].exp_avg), Is.All.EqualTo(0.1).Within(1e-7));
        Assert.That(Numbers.Of(states[1].exp_avg_sq), Is.All.EqualTo(0.001).Within(1e-9));
        Assert.That(optimizer.parameters(), Is.EqualTo(parameters).Using<Parameter>(ReferenceEquals));
    }

    [Test]
    public void State_outlives_scopes_and_ends_with_its_optimizer()
    {
        using var parameter = new Parameter(torch.ones(2));
        Adam optimizer;
        using (torch.NewDisposeScope())
        {
            optimizer = torch.optim.Adam([parameter], amsgrad: true);
            parameter.grad = torch.ones(2);
            optimizer.step();
        }

        var state = (Adam.State)optimizer.state_dict().State[0];
        torch.Tensor[] tensors = [state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq!];
        Assert.That(tensors.Select(t => t.IsInvalid), Is.All.False);
        optimizer.Dispose();
        Assert.That(tensors.Select(t => t.IsInvalid), Is.All.True);
        Assert.That(parameter.IsInvalid, Is.False);
    }

    [Test]
    public void Decay_rates_can_be_changed()
    {
        using var parameter = new Parameter(torch.ones(2));
        using var optimizer = torch.optim.Adam([parameter], beta1: 0.5);
        Assert.That(optimizer, Is.InstanceOf<torch.optim.IBetas>());
        Assert.That(optimizer.Betas, Is.EqualTo((0.5, 0.999)));
        optimizer.Betas = (0.25, 0.75);
        parameter.grad = torch.ones(2);
        optimizer.step();
        Assert.That(Numbers.Of(((Adam.State)optimizer.state_dict().State[0]).exp_avg), Is.All.EqualTo(0.75).Within(1e-7));
        Assert.That(Numbers.Of(((Adam.State)optimizer.state_dict().State[0]).exp_avg_sq), Is.All.EqualTo(0.25).Within(1e-7));
    }

    private static void Resumes(Func<IEnumerable<Parameter>, OptimizerHelper> make, Action<OptimizerState, OptimizerState> copy)
    {
        var whole = Net();
        using (var optimizer = make(whole))
        {
            Train(optimizer, whole, 0, 20);
        }

        var halves = Net();
        using var first = make(halves);
        Train(first, halves, 0, 10);
        using var second = make(halves);
        foreach (var (from, to) in first.state_dict().State.Zip(second.state_dict().State))
        {
            copy(from, to);
        }

        Train(second, halves, 10, 20);
        Assert.That(Numbers.Of(halves), Is.EqualTo(Numbers.Of(whole)));
    }

    private static void Copy(Adam.State from, Adam.State to)
    {
        to.step = from.step;
        to.exp_avg.copy_(from.exp_avg);
        to.exp_avg_sq.copy_(from.exp_avg_sq);
        to.max_exp_avg_sq?.copy_(from.max_exp_avg_sq!);
    }

    private static void Copy(AdamW.State from, AdamW.State to)
    {
        to.step = from.step;
        to.exp_avg.copy_(from.exp_avg);
        to.exp_avg_sq.copy_(from.exp_avg_sq);
        to.max_exp_avg_sq?.copy_(from.max_exp_avg_sq!);
    }

    private static Parameter[] Net() => [new(Numbers.Tensor(Numbers.Draw(1, 9), 9).@float()), new(Numbers.Tensor(Numbers.Draw(2, 3, 4), 3, 4).t())];

    private static void Train(OptimizerHelper optimizer, Parameter[] parameters, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i].grad = Numbers.Tensor(Numbers.Draw((step * 10) + i, parameters[i].shape), parameters[i].shape).to(parameters[i].dtype);
            }

            optimizer.step();
        }
    }
}
