namespace Dfx.Numerics.Tests.TorchSharpTraps;

/// <summary>
/// What TorchSharp 0.107 does otherwise than PyTorch's users expect, as docs/tensors.md tells it. A test that fails after an update says that
/// a trap is gone, and with it a rule of SourceRuleTests or a detour in the sources.
/// </summary>
public sealed class TrapTests
{
    private DisposeScope? _scope;

    [SetUp]
    public void Open() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void Close() => _scope?.Dispose();

    [Test]
    public void A_literal_zero_is_a_dtype()
    {
        Assert.That(torch.ones(3, 2).sum(0).dtype, Is.EqualTo(torch.uint8));
        Assert.That(torch.ones(3, 2).sum(0L).shape, Is.EqualTo(new long[] { 2 }));
    }

    [Test]
    public void The_number_of_a_norm_is_a_dimension() => Assert.That(torch.ones(3, 2).norm(1).shape, Is.EqualTo(new long[] { 3 }));

    [Test]
    public void Zeroing_in_place_gives_a_second_handle_on_the_same_numbers()
    {
        var x = torch.ones(2);
        var zeroed = x.zero_();
        Assert.That(ReferenceEquals(zeroed, x), Is.False);
        Assert.That(x.data<float>().ToArray(), Is.All.Zero);
        Assert.That(ReferenceEquals(x.fill_(0), x), Is.True);
    }

    [Test]
    public void Devices_are_compared_by_reference() => Assert.That(torch.ones(1).device == torch.ones(1).device, Is.False);

    [Test]
    public void Restoring_a_state_broadcasts()
    {
        using var layer = torch.nn.Linear(3, 2);
        var narrow = new Dictionary<string, torch.Tensor> { ["weight"] = torch.ones(1, 3), ["bias"] = torch.ones(1) };
        Assert.That(() => layer.load_state_dict(narrow), Throws.Nothing);
        Assert.That(layer.weight.data<float>().ToArray(), Is.All.EqualTo(1));
    }

    [Test]
    public void One_number_pads_every_dimension() => Assert.That(torch.nn.functional.pad(torch.ones(2, 3), 1).shape, Is.EqualTo(new long[] { 4, 5 }).Or.EqualTo(new long[] { 2, 5 }));

    [Test]
    public void Parameters_of_ones_own_end_with_the_scope_unless_they_are_kept()
    {
        Parameter gone;
        using var layer = torch.nn.Linear(1, 1);
        OwnLayer kept;
        using (torch.NewDisposeScope())
        {
            gone = new(torch.ones(1));
            kept = new OwnLayer().KeepTensors();
        }

        Assert.That(gone.IsInvalid, Is.True);
        Assert.That(layer.weight.IsInvalid, Is.False);
        Assert.That(kept.parameters().Single().IsInvalid, Is.False);
    }

    [Test]
    public void A_tensor_of_doubles_makes_everything_double() => Assert.That((torch.ones(2) * torch.tensor([2.0, 2.0])).dtype, Is.EqualTo(torch.float64));

    private sealed class OwnLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly Parameter weight = new(torch.ones(1));

        internal OwnLayer()
            : base(nameof(OwnLayer)) => RegisterComponents();

        public override torch.Tensor forward(torch.Tensor input) => input * weight;
    }
}
