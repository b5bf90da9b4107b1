namespace Dfx.Torch.Tests.Networks;

/// <summary>Twenty steps of each optimizer against its algorithm in plain double precision.</summary>
/// <remarks>
/// Three parameters: one plain, one that is not contiguous, and one whose gradient is missing in every third step. With the
/// objective sum(c θ² / 2 + sin θ) the gradients change with the parameters, so errors add up rather than hide.
/// </remarks>
public sealed class OptimizerTests : ScopedTests
{
    private const int Steps = 20;

    private static readonly Rule[] s_adams =
    [
        new(),
        new() { WeightDecay = 0.1 },
        new() { Amsgrad = true, Beta2 = 0.5 },
        new() { Maximize = true },
        new() { WeightDecay = 0.1, Amsgrad = true, Maximize = true, Beta2 = 0.5 },
    ];

    private static readonly Rule[] s_sgds =
    [
        new(),
        new() { WeightDecay = 0.1 },
        new() { Momentum = 0.9 },
        new() { Momentum = 0.9, Dampening = 0.3, WeightDecay = 0.1 },
        new() { Momentum = 0.9, Nesterov = true, WeightDecay = 0.1 },
        new() { Momentum = 0.9, Maximize = true },
    ];

    private static readonly torch.ScalarType[] s_types = [torch.ScalarType.Float32, torch.ScalarType.Float64];

    [Test]
    public void Adam_follows_its_paper([ValueSource(nameof(s_adams))] Rule r, [ValueSource(nameof(s_types))] torch.ScalarType type) => Compare(
        type,
        p => torch.optim.Adam(p, r.Lr, r.Beta1, r.Beta2, r.Eps, r.WeightDecay, r.Amsgrad, r.Maximize),
        theta => new ReferenceAdam(r, theta, decoupled: false));

    [Test]
    public void AdamW_follows_its_paper([ValueSource(nameof(s_adams))] Rule r, [ValueSource(nameof(s_types))] torch.ScalarType type) => Compare(
        type,
        p => torch.optim.AdamW(p, r.Lr, r.Beta1, r.Beta2, r.Eps, r.WeightDecay, r.Amsgrad, r.Maximize),
        theta => new ReferenceAdam(r, theta, decoupled: true));

    [Test]
    public void SGD_follows_its_documentation([ValueSource(nameof(s_sgds))] Rule r, [ValueSource(nameof(s_types))] torch.ScalarType type) => Compare(
        type,
        p => torch.optim.SGD(p, r.Lr, r.Momentum, r.Dampening, r.WeightDecay, r.Nesterov, r.Maximize),
        theta => new ReferenceSgd(r, theta));

    [Test]
    public void Defaults_are_those_of_the_paper()
    {
        var rule = new Rule { Lr = 0.001, Beta1 = 0.9, Beta2 = 0.999, Eps = 1e-8 };
        Compare(torch.ScalarType.Float64, p => torch.optim.Adam(p), theta => new ReferenceAdam(rule, theta, false));
        Compare(torch.ScalarType.Float64, p => torch.optim.AdamW(p), theta => new ReferenceAdam(rule, theta, true));
    }

    // Large enough for the pass over the parameter to be split among threads.
    [Test]
    public void A_large_parameter_is_stepped_everywhere()
    {
        const int Count = 200_003;
        var gradient = Numbers.Draw(2, Count);
        using var parameter = new Parameter(torch.zeros(Count)) { grad = Numbers.Tensor(gradient, Count).@float() };
        using var optimizer = torch.optim.Adam([parameter], 0.1, eps: 0);
        optimizer.step();
        Assert.That(Numbers.Of(parameter), Numbers.Close([.. gradient.Select(g => -0.1 * Math.Sign(g))], 1e-6), "the first step has size lr");
    }

    [Test]
    public void Zero_grad_sets_gradients_to_null()
    {
        var parameters = Parameters(torch.float32);
        using var optimizer = torch.optim.SGD(parameters, 0.1);
        Descend(optimizer, parameters, _ => true);
        Assert.That(parameters.Select(p => p.grad), Is.All.Not.Null);
        optimizer.zero_grad();
        Assert.That(parameters.Select(p => p.grad), Is.All.Null);
    }

    [Test]
    public void A_step_without_gradients_changes_nothing([Values] bool adam)
    {
        var parameters = Parameters(torch.float32);
        var before = Numbers.Of(parameters);
        using torch.optim.Optimizer optimizer = adam
            ? torch.optim.AdamW(parameters, weight_decay: 0.5)
            : torch.optim.SGD(parameters, 0.1, weight_decay: 0.5);
        Assert.That(optimizer.step(), Is.Null);
        Assert.That(Numbers.Of(parameters), Is.EqualTo(before));
    }

    [Test]
    public void A_closure_is_evaluated_with_gradients_and_its_loss_returned()
    {
        var parameters = Parameters(torch.float64);
        using var optimizer = torch.optim.SGD(parameters, 0.1);
        using var off = torch.no_grad();
        var loss = optimizer.step(() =>
        {
            Assert.That(torch.is_grad_enabled(), Is.True);
            var value = Objective(parameters[0]);
            value.backward();
            return value;
        });
        Assert.That(loss!.requires_grad, Is.True);
        Assert.That(torch.is_grad_enabled(), Is.False);
        Assert.That(parameters[0].grad, Is.Not.Null);
    }

    [Test]
    public void Steps_are_not_recorded_and_leave_no_tensor()
    {
        var parameters = Parameters(torch.float64);
        using var optimizer = torch.optim.AdamW(parameters, weight_decay: 0.1, amsgrad: true);
        Descend(optimizer, parameters, _ => true);
        var before = Lifetime.Garbage.CountAfterCollection();
        optimizer.step();
        optimizer.zero_grad();
        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before));
        Assert.That(parameters.Select(p => p.is_leaf && p.requires_grad), Is.All.True);
    }

    [Test]
    public void Stepping_a_parameter_that_a_graph_still_needs_is_noticed([Values] bool adam)
    {
        using var p = new Parameter(torch.ones(3));
        using torch.optim.Optimizer optimizer = adam ? torch.optim.Adam([p]) : torch.optim.SGD([p], 0.1);
        var loss = (p * p).sum();
        loss.backward(retain_graph: true);
        optimizer.step();
        Assert.That(
            () => loss.backward(),
            Throws.InstanceOf<System.Runtime.InteropServices.ExternalException>().With.Message.Contains("modified by an inplace operation"));
    }

    [Test]
    public void No_parameters_are_refused() =>
        Assert.That(() => torch.optim.Adam([]), Throws.ArgumentException.With.Message.Contains("no parameter"));

    private static void Compare(
        torch.ScalarType type, Func<IEnumerable<Parameter>, torch.optim.Optimizer> make, Func<double[], ReferenceOptimizer> reference)
    {
        var parameters = Parameters(type);
        ReferenceOptimizer[] expected = [.. parameters.Select(p => reference(Numbers.Of(p)))];
        using var optimizer = make(parameters);
        for (var step = 0; step < Steps; step++)
        {
            Descend(optimizer, parameters, i => Takes(i, step));
            for (var i = 0; i < parameters.Length; i++)
            {
                if (Takes(i, step))
                {
                    expected[i].Step([.. expected[i].Theta.Select((t, k) => (((k % 3) - 1) * t) + Math.Cos(t))]);
                }
            }
        }

        var tolerance = type == torch.ScalarType.Float64 ? 1e-11 : 2e-4;
        Assert.That(Numbers.Of(parameters), Numbers.Close([.. expected.SelectMany(e => e.Theta)], tolerance));
    }

    // The last parameter has no gradient in the first step, nor in every third one after it.
    private static bool Takes(int parameter, int step) => parameter != 2 || step % 3 != 0;

    private static void Descend(torch.optim.Optimizer optimizer, Parameter[] parameters, Func<int, bool> takes)
    {
        optimizer.zero_grad();
        foreach (var parameter in parameters.Where((_, i) => takes(i)))
        {
            Objective(parameter).backward();
        }

        optimizer.step();
    }

    // The derivative at place k is ((k mod 3) - 1) θ + cos θ.
    private static torch.Tensor Objective(Parameter p)
    {
        double[] curvature = [.. Enumerable.Range(0, (int)p.numel()).Select(k => ((k % 3) - 1) / 2.0)];
        return ((Numbers.Tensor(curvature, p.shape) * p * p) + p.sin()).sum();
    }

    private static Parameter[] Parameters(torch.ScalarType type) =>
    [
        new(Numbers.Tensor(Numbers.Draw(1, 7), 7).to(type)),
        new(Numbers.Tensor(Numbers.Draw(2, 4, 5), 4, 5).to(type).t()),
        new(Numbers.Tensor(Numbers.Draw(3, 2, 3), 2, 3).to(type)),
    ];

    [Test]
    public void Constants_that_make_no_sense_are_refused()
    {
        Parameter[] p = [new(torch.zeros(1))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => torch.optim.Adam(p, -1), Throws.ArgumentException);
            Assert.That(() => torch.optim.Adam(p, 1, beta1: 1), Throws.ArgumentException);
            Assert.That(() => torch.optim.AdamW(p, 1, beta2: double.NaN), Throws.ArgumentException);
            Assert.That(() => torch.optim.SGD(p, double.NaN), Throws.ArgumentException);
            Assert.That(() => torch.optim.SGD(p, 1, nesterov: true), Throws.ArgumentException);
        }
    }
}
