using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Lifetime;

/// <summary>The end of a tensor: its count, its use afterwards, and who else holds its memory.</summary>
[NonParallelizable]
public sealed class TensorLifeTests
{
    private static readonly (string Name, Action<torch.Tensor> Use)[] s_uses =
    [
        ("Handle", x => _ = x.Handle), ("shape", x => _ = x.shape), ("dtype", x => _ = x.dtype), ("device", x => _ = x.device),
        ("ndim", x => _ = x.ndim), ("numel", x => x.numel()), ("size", x => x.size(0)), ("stride", x => x.stride()),
        ("element_size", x => x.element_size()), ("is_contiguous", x => x.is_contiguous()), ("storage_offset", x => x.storage_offset()),
        ("bytes", x => _ = x.bytes.Length), ("data", x => x.data<float>()), ("item", x => x.item<float>()), ("ToDouble", x => x.ToDouble()),
        ("ToScalar", x => x.ToScalar()), ("requires_grad", x => _ = x.requires_grad), ("set requires_grad", x => x.requires_grad = true),
        ("is_leaf", x => _ = x.is_leaf), ("grad", x => _ = x.grad), ("set grad", x => x.grad = null), ("backward", x => x.backward()),
        ("detach", x => x.detach()), ("retain_grad", x => x.retain_grad()), ("alias", x => x.alias()), ("clone", x => x.clone()),
        ("contiguous", x => x.contiguous()), ("cpu", x => x.cpu()), ("to", x => x.to(torch.float64)), ("view", x => x.view(-1)),
        ("reshape", x => x.reshape(-1)), ("permute", x => x.permute(0)), ("index", x => _ = x[0]), ("set index", x => x[0] = x),
        ("slice", x => x.slice(0, 0, 1, 1)), ("chunk", x => x.chunk(2)), ("add", x => _ = x + 1), ("add_", x => x.add_(1)),
        ("mul", x => x.mul(x)), ("exp", x => x.exp()), ("sum", x => x.sum()), ("mean", x => x.mean()), ("max", x => x.max(0)),
        ("sort", x => x.sort()), ("eq", x => x.eq(1)), ("matmul", x => x.matmul(x)), ("fill_", x => x.fill_(1)), ("copy_", x => x.copy_(x)),
        ("normal_", x => x.normal_()), ("cat", x => torch.cat([x, x])), ("stack", x => torch.stack([x])), ("allclose", x => x.allclose(x)),
        ("relu", x => F.relu(x)), ("Parameter", x => _ = new Parameter(x)), ("zeros_like", x => torch.zeros_like(x)),
        ("einsum", x => torch.einsum("i->i", x)), ("fft", x => torch.fft.fft_(x)), ("where", x => torch.where(x, x, x)),
        ("as an argument", x => torch.ones(2).add(x).Dispose()), ("as an index", x => torch.ones(2).index(x).Dispose()),
        ("in a list", x => torch.cat([torch.ones(2), x]).Dispose()),
    ];

    // What earlier tests left must not be collected while a test counts.
    [SetUp]
    public void Collect() => Garbage.CountAfterCollection();

    [Test]
    public void A_disposed_tensor_says_so_whatever_it_is_asked([Range(0, 60)] int which)
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(2);
        x.Dispose();
        Assert.That(() => s_uses[which].Use(x), Throws.InstanceOf<ObjectDisposedException>(), s_uses[which].Name);
    }

    [Test]
    public void The_list_of_uses_is_tried_to_its_end() => Assert.That(s_uses, Has.Length.EqualTo(61));

    [Test]
    public void A_disposed_tensor_can_be_disposed_printed_and_asked_whether_it_is()
    {
        var x = torch.ones(2);
        Assert.That((x.IsInvalid, x.ToString()), Is.EqualTo((false, "[2], type = Float32, device = cpu")));
        x.Dispose();
        x.Dispose();
        Assert.That((x.IsInvalid, x.ToString()), Is.EqualTo((true, "(disposed)")));
        Assert.That(x.DetachFromDisposeScope().MoveToOuterDisposeScope(), Is.SameAs(x));
    }

    [Test]
    public void Every_call_counts_as_many_tensors_as_it_gives()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.randn(4, 4);
        var index = torch.tensor([0L, 1]);
        (string Name, int Tensors, Action Call)[] calls =
        [
            ("zeros", 1, () => torch.zeros(2)),
            ("tensor", 1, () => torch.tensor([1f, 2])),
            ("tensor, converted", 1, () => torch.tensor([1f, 2], torch.float64)),
            ("from_array", 1, () => torch.from_array(new[] { 1f, 2 })),
            ("a number", 1, () => torch.tensor(1.5)),
            ("randn_like", 1, () => torch.randn_like(x)),
            ("normal", 1, () => torch.normal(0, 1, [2])),
            ("to the same", 1, () => x.to(torch.float32)),
            ("to", 1, () => x.to(torch.float64)),
            ("add_", 0, () => x.add_(1)),
            ("index", 1, () => _ = x[0, 1]),
            ("set index", 0, () => x[0] = x[1]),
            ("max", 2, () => x.max(0)),
            ("svd", 3, () => torch.linalg.svd(x)),
            ("chunk", 2, () => x.chunk(2)),
            ("unique", 3, () => index.unique(true, true, true)),
            ("data", 0, () => x.data<float>().ToArray()),
            ("strided data", 0, () => x.data<float>().CopyTo(new float[16])),
            ("item", 0, () => index[0].item<long>()),
            ("allclose", 0, () => x.allclose(x)),
            ("norm", 1, () => x.norm()),
            ("std, converted", 1, () => x.std([0], type: torch.float64)),
            ("gelu", 1, () => F.gelu(x)),
            ("in place", 1, () => F.relu(x, true)),
            ("interpolate", 1, () => F.interpolate(x.view(1, 1, 4, 4), [2, 2])),
            ("save state", 1, () => torch.Generator.Default.get_state()),
            ("vector", 1, () => torch.nn.utils.parameters_to_vector([new(x.clone())])),
        ];
        var counted = calls.Select(c => (c.Name, c.Tensors, Made: Made(c.Call)));
        Assert.That(counted.Where(c => c.Made < c.Tensors || c.Made > Allowed(c.Name, c.Tensors)), Is.Empty);

        // Calls whose own argument makes a tensor or two on the way.
        static int Allowed(string name, int tensors) => tensors + (name is "set index" or "item" or "interpolate" or "vector" ? 1 : 0);
    }

    [Test]
    public void A_managed_array_leaves_one_tensor()
    {
        var before = Garbage.CountAfterCollection();
        torch.tensor([1f, 2]).Dispose();
        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void A_unique_without_extras_leaves_one_tensor()
    {
        var before = Garbage.CountAfterCollection();
        using (var x = torch.ones(3))
        {
            x.unique().output.Dispose();
        }

        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void Views_keep_the_memory_of_a_disposed_base()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.arange(1_000_000, torch.float32);
        torch.Tensor[] views = [x.view(1000, 1000), x[5..10], x.detach(), x.alias(), x.narrow(0, 999_990, 10), x.unfold(0, 2, 2)];
        x.Dispose();
        using (torch.zeros(1_000_000))
        {
            Assert.That(views[0][999, 999].ToDouble(), Is.EqualTo(999_999));
            Assert.That(views[1].data<float>().ToArray(), Is.EqualTo(new float[] { 5, 6, 7, 8, 9 }));
            Assert.That(views[2][123].ToDouble(), Is.EqualTo(123));
            Assert.That(views[3].sum(torch.float64).ToDouble(), Is.EqualTo(499_999_500_000));
            Assert.That(views[4].data<float>()[-1], Is.EqualTo(999_999));
            Assert.That(views[5][499_999, 1].ToDouble(), Is.EqualTo(999_999));
        }
    }

    [Test]
    public void A_view_writes_into_its_base()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.zeros(3, 3);
        x.t()[1].fill_(7);
        Assert.That(x.data<float>().ToArray(), Is.EqualTo(new float[] { 0, 7, 0, 0, 7, 0, 0, 7, 0 }));
    }

    private static long Made(Action call)
    {
        var before = Garbage.CountAfterCollection();
        call();
        return torch.Tensor.TotalCount - before;
    }
}
