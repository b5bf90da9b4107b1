namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Networks tell the meter of their context what they evaluate.</summary>
[TestFixture]
internal sealed class EvaluationReportTests
{
    private DisposeScope _scope = null!;
    private Meter _meter = null!;
    private ModelContext _context = null!;

    [SetUp]
    public void SetUp()
    {
        (_scope, _meter) = (torch.NewDisposeScope(), new());
        _context = new()
        {
            Data = new Training.TestData(),
            Task = new GenerateTask(),
            Network = new() { Family = "light", Channels = 4, Multipliers = [1, 2], Blocks = 1 },
            Device = torch.CPU,
            Seed = 3,
            Meter = _meter,
        };
    }

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void A_call_is_reported_before_it_runs_with_its_rows()
    {
        using var network = UNets.For(_context);
        Evaluate(network, 5);
        Assert.That(_meter.Calls, Has.Count.EqualTo(1));
        Assert.That(_meter.Calls[0].Network, Is.SameAs(network.Card));
        Assert.That((_meter.Calls[0].Rows, network.Card.Reports), Is.EqualTo((5L, true)));
        _meter.Refuses = true;
        Assert.That(() => Evaluate(network, 5), Throws.InvalidOperationException);
    }

    [TestCase(true, true, true)]
    [TestCase(true, false, false)]
    [TestCase(false, true, false)]
    public void Training_is_told_apart(bool mode, bool gradient, bool trains)
    {
        using var network = UNets.For(_context);
        network.train(mode);
        using var grad = torch.set_grad_enabled(gradient);
        Evaluate(network, 1);
        Assert.That(_meter.Calls.Single().Trains, Is.EqualTo(trains));
    }

    /// <summary>Patches of a quarter of the pixels are a quarter of the work, and are evaluations of the same network.</summary>
    [Test]
    public void Patches_cost_their_share()
    {
        using var network = UNets.For(_context);
        var side = _context.Data.Shape.Height;
        Evaluate(network, 4, side / 2);
        Evaluate(network, 4, side);
        var (part, whole) = (_meter.Calls[0].Network, _meter.Calls[1].Network);
        Assert.That(part.IsSameNetwork(network.Card) && whole.IsSameNetwork(network.Card), Is.True);
        Assert.That(part.MultiplyAdds, Is.EqualTo(whole.MultiplyAdds / 4));
        Assert.That(whole.MultiplyAdds, Is.EqualTo(network.MultiplyAdds));
    }

    [Test]
    public void Two_networks_whose_cards_say_the_same_are_told_apart()
    {
        using var one = UNets.For(_context);
        using var other = UNets.For(_context);
        Assert.That(one.Card, Is.EqualTo(other.Card));
        Assert.That(one.Card.IsSameNetwork(other.Card), Is.False);
        Assert.That((one.Card with { Name = "renamed", Role = NetworkRole.Auxiliary }).IsSameNetwork(one.Card), Is.True);
        Assert.That(one.Card with { Role = NetworkRole.Auxiliary }, Is.Not.EqualTo(one.Card));
    }

    [Test]
    public void A_second_network_is_called_by_its_purpose()
    {
        using var network = UNets.For(_context, "module", role: NetworkRole.Auxiliary);
        Assert.That((network.Card.Name, network.Card.Role), Is.EqualTo(("module", NetworkRole.Auxiliary)));
        using var main = UNets.For(_context, "module");
        Assert.That((main.Card.Name, main.Card.Role), Is.EqualTo(("light", NetworkRole.Main)));
    }

    private void Evaluate(UNet network, int rows, int? side = null)
    {
        var shape = _context.Data.Shape;
        _ = network.call(torch.zeros(rows, shape.Channels, side ?? shape.Height, side ?? shape.Width), torch.zeros(rows), null);
    }

    private sealed class Meter : IEvaluationMeter
    {
        internal List<(NetworkCard Network, long Rows, bool Trains)> Calls { get; } = [];

        internal bool Refuses { get; set; }

        public void Count(NetworkCard network, long rows, bool trains)
        {
            if (Refuses)
            {
                throw new InvalidOperationException("no more");
            }

            Calls.Add((network, rows, trains));
        }
    }
}
