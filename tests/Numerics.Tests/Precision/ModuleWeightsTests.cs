namespace Dfx.Numerics.Tests.Precision;

/// <summary>Weights that fit are copied; of those that do not, none is.</summary>
public sealed class ModuleWeightsTests
{
    private DisposeScope? _scope;

    [SetUp]
    public void Open() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void Close() => _scope?.Dispose();

    [Test]
    public void Weights_that_fit_are_copied_whatever_their_dtype()
    {
        using var layer = torch.nn.Linear(2, 3);
        var weights = Weights(torch.arange(6, torch.float64).view(3, 2), torch.ones(3));
        layer.CopyWeights(weights);
        Assert.That(layer.weight.data<float>().ToArray(), Is.EqualTo(new[] { 0f, 1, 2, 3, 4, 5 }));
        weights["weight"].fill_(7);
        Assert.That(layer.weight.data<float>().ToArray(), Has.None.EqualTo(7));
    }

    [Test]
    public void Nothing_is_written_if_a_name_or_a_shape_does_not_fit()
    {
        using var layer = torch.nn.Linear(2, 3);
        var before = layer.bias!.data<float>().ToArray();
        var whole = Weights(torch.zeros(3, 2), torch.zeros(3));
        Assert.Multiple(() =>
        {
            Assert.That(() => layer.CopyWeights(Weights(torch.zeros(1, 2), torch.zeros(3))), Throws.ArgumentException.With.Message.Contains("[1, 2]").And.Message.Contains("[3, 2]"));
            Assert.That(() => layer.CopyWeights(new Dictionary<string, torch.Tensor>(whole) { ["more"] = torch.zeros(1) }), Throws.InvalidOperationException.With.Message.Contains("more"));
            Assert.That(() => layer.CopyWeights(new Dictionary<string, torch.Tensor> { ["bias"] = whole["bias"] }), Throws.InvalidOperationException.With.Message.Contains("weight"));
            Assert.That(layer.bias!.data<float>().ToArray(), Is.EqualTo(before));
        });
    }

    private static Dictionary<string, torch.Tensor> Weights(torch.Tensor weight, torch.Tensor bias) => new() { ["weight"] = weight, ["bias"] = bias };
}
