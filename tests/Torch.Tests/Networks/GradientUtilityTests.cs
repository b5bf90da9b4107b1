namespace Dfx.Torch.Tests.Networks;

/// <summary>Clipping gradients and flattening parameters.</summary>
public sealed class GradientUtilityTests : ScopedTests
{
    [TestCase(2.0)]
    [TestCase(1.0)]
    [TestCase(3.0)]
    [TestCase(double.PositiveInfinity)]
    public void Clipping_scales_all_gradients_by_their_joint_norm(double p)
    {
        Parameter[] parameters = [With(1, 3, 4), With(2, 5), new(torch.ones(2))];
        double[] before = [.. Numbers.Of(parameters[0].grad!), .. Numbers.Of(parameters[1].grad!)];
        var norm = double.IsInfinity(p) ? before.Max(Math.Abs) : Math.Pow(before.Sum(g => Math.Pow(Math.Abs(g), p)), 1 / p);
        Assert.That(torch.nn.utils.clip_grad_norm_(parameters, 0.5, p), Is.EqualTo(norm).Within(1e-10));
        double[] after = [.. Numbers.Of(parameters[0].grad!), .. Numbers.Of(parameters[1].grad!)];
        Assert.That(after, Numbers.Close([.. before.Select(g => g * 0.5 / (norm + 1e-6))]));
        Assert.That(parameters[2].grad, Is.Null);
    }

    [Test]
    public void Clipping_leaves_small_gradients_alone()
    {
        var parameter = With(1, 10);
        var before = Numbers.Of(parameter.grad!);
        torch.nn.utils.clip_grad_norm_([parameter], 1000);
        Assert.That(Numbers.Of(parameter.grad!), Is.EqualTo(before));
    }

    [Test]
    public void Clipping_nothing_gives_zero() => Assert.That(torch.nn.utils.clip_grad_norm_([new(torch.ones(2))], 1), Is.Zero);

    [Test]
    public void Clipping_by_value_bounds_every_element()
    {
        Parameter[] parameters = [With(1, 30), new(torch.ones(2))];
        var before = Numbers.Of(parameters[0].grad!);
        torch.nn.utils.clip_grad_value_(parameters, 0.7);
        Assert.That(Numbers.Of(parameters[0].grad!), Is.EqualTo(before.Select(g => Math.Clamp(g, -0.7, 0.7))));
    }

    [Test]
    public void Clipping_leaves_no_tensor_behind()
    {
        Parameter[] parameters = [With(1, 30)];
        var before = Lifetime.Garbage.CountAfterCollection();
        torch.nn.utils.clip_grad_norm_(parameters, 0.1);
        torch.nn.utils.clip_grad_value_(parameters, 0.1);
        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void Parameters_go_to_a_vector_and_back()
    {
        using var net = new Net();
        Numbers.Randomise(net, 1);
        var values = Numbers.Of(net.parameters());
        var vector = torch.nn.utils.parameters_to_vector(net.parameters());
        Assert.That(Numbers.Of(vector), Is.EqualTo(values));
        torch.nn.utils.vector_to_parameters(vector.detach() * 2, net.parameters());
        Assert.That(Numbers.Of(net.parameters()), Is.EqualTo(values.Select(v => 2 * v)));
        Assert.That(net.parameters().Select(p => p.is_leaf), Is.All.True);
    }

    [Test]
    public void A_vector_of_parameters_carries_gradients()
    {
        using var layer = torch.nn.Linear(2, 1);
        torch.nn.utils.parameters_to_vector(layer.parameters()).sum().backward();
        Assert.That(Numbers.Of(layer.weight.grad!), Is.All.EqualTo(1));
    }

    private static Parameter With(int seed, params long[] shape) =>
        new(Numbers.Tensor(Numbers.Draw(seed, shape), shape)) { grad = Numbers.Tensor(Numbers.Draw(seed + 100, shape), shape) };
}
