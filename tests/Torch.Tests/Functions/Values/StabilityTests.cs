using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

/// <summary>Functions with exponentials stay exact where those would overflow or vanish.</summary>
public sealed class StabilityTests : TensorTests
{
    [Test]
    public void Softmax()
    {
        Close(tensor([1000.0, 1000, -1000]).softmax(0), [0.5, 0.5, 0]);
        Close(tensor([1000.0, 0, -1000]).log_softmax(0), [0, -1000, -2000]);
        Close(tensor([-1000.0, -1000]).logsumexp(0), [-1000 + Math.Log(2)]);
        Close(tensor([1000.0, 1000]).logsumexp(0), [1000 + Math.Log(2)]);
    }

    [Test]
    public void Softmax_agrees_with_its_definition_along_each_dimension()
    {
        var x = Normal(3, 4);
        Close(x.softmax(0), x.exp() / x.exp().sum(0, true));
        Close(torch.softmax(x, 1), x.exp() / x.exp().sum(1, true));
        Close(F.log_softmax(x, 1), x - x.exp().sum(1, true).log());
        Assert.That(x.@float().softmax(1, float64).dtype, Is.EqualTo(float64));
    }

    [Test]
    public void Sigmoids()
    {
        Close(tensor([1000.0, -1000, 0]).sigmoid(), [1, 0, 0.5]);
        Close(tensor([1000.0, -1000]).log_sigmoid(), [0, -1000]);
        Close(tensor([1000.0, -1000]).softplus(), [1000, 0]);
        Close(tensor([1000.0, -1000]).silu(), [1000, 0]);
        Close(tensor([1000.0, -1000]).tanh(), [1, -1]);
    }

    [Test]
    public void Cross_entropies()
    {
        Close(F.cross_entropy(tensor([1000.0, 0], [1, 2]), tensor([1L])), [1000]);
        Close(F.binary_cross_entropy_with_logits(tensor([1000.0, -1000]), tensor([0.0, 0]), reduction: nn.Reduction.None), [1000, 0]);
    }
}
