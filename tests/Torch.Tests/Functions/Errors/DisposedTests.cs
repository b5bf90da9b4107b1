using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Errors;

/// <summary>Using a tensor after its disposal is an exception of its own, wherever the tensor stands.</summary>
public sealed class DisposedTests : TensorTests
{
    private static readonly (string Name, Action<Tensor> Use)[] s_uses =
    [
        ("as itself", x => x.exp()), ("left of an operator", x => _ = x + 1), ("right of an operator", x => _ = zeros(2) + x),
        ("in place", x => x.add_(1)),
        ("as the argument of an in-place function", x => zeros(2).add_(x)), ("in a list", x => cat([zeros(2), x])),
        ("in an einsum", x => einsum("i,i->", zeros(2), x)),
        ("as an index", x => zeros(2).index(x)), ("indexed", x => _ = x[0]), ("assigned", x => zeros(2)[0] = x),
        ("for its shape", x => _ = x.shape),
        ("for its dtype", x => _ = x.dtype), ("for its data", x => x.data<float>()), ("for its bytes", x => _ = x.bytes.Length),
        ("for its element", x => x.ToDouble()),
        ("as a weight", x => F.linear(zeros(1, 2), x)), ("as an optional argument", x => F.layer_norm(zeros(1, 2), [2], x)),
        ("differentiated", x => x.backward()),
        ("for its gradient", x => _ = x.grad), ("sorted", x => x.sort()), ("split", x => x.chunk(2)),
        ("compared", x => x.Equals(zeros(2))), ("converted", x => x.to(float64)),
    ];

    [TestCaseSource(nameof(Names))]
    public void A_disposed_tensor_cannot_be_used(string name)
    {
        var x = zeros(2);
        x.Dispose();
        Assert.That(() => s_uses.Single(u => u.Name == name).Use(x), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void It_says_so_itself()
    {
        var x = zeros(2);
        x.Dispose();
        x.Dispose();
        Assert.That((x.IsInvalid, x.ToString()), Is.EqualTo((true, "(disposed)")));
    }

    [Test]
    public void A_view_outlives_its_base()
    {
        var x = arange(6).clone();
        var y = x[2..];
        x.Dispose();
        Assert.That(Longs(y), Is.EqualTo([2L, 3, 4, 5]));
    }

    [Test]
    public void A_disposed_generator_cannot_be_used()
    {
        var other = new Generator(1);
        other.Dispose();
        Assert.That(() => rand(2, generator: other), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static IEnumerable<string> Names() => s_uses.Select(u => u.Name);
}
