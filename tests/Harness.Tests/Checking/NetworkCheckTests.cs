using Dfx.Diffusion;
using Dfx.Harness.Checking;
using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Tests.Execution;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Checking;

/// <summary>The contract test looks at the networks that run.</summary>
public sealed class NetworkCheckTests
{
    private DisposeScope _scope = null!;
    private Reports _reports = null!;

    [SetUp]
    public void Make() => (_scope, _reports) = (torch.NewDisposeScope(), new());

    [TearDown]
    public void Remove() => _scope.Dispose();

    [Test]
    public void Networks_that_are_listed_and_run_as_often_as_they_say_pass()
    {
        using var main = Network();
        using var second = Network(NetworkRole.Auxiliary);
        Assert.That(() => NetworkChecks.OfModel(new CountedVarianceModel([main.Card, second.Card], main.Evaluate, second.Evaluate), _reports), Throws.Nothing);
    }

    [Test]
    public void A_network_that_runs_and_is_not_listed_is_a_breach()
    {
        using var main = Network();
        using var hidden = Network(NetworkRole.Auxiliary);
        const string Expected = "the network 'second' runs, and is not among the networks that are named: light";
        Assert.That(() => NetworkChecks.OfModel(new CountedVarianceModel([main.Card], main.Evaluate, hidden.Evaluate), _reports),
            Throws.TypeOf<BreachException>().With.Message.EqualTo(Expected));
        Assert.That(() => NetworkChecks.OfModel(new CountedModel([main.Card], main.Evaluate, hidden.Evaluate), _reports),
            Throws.TypeOf<BreachException>().With.Message.EqualTo(Expected), "in the prior");
    }

    [TestCase(1, 2)]
    [TestCase(3, 2)]
    public void A_card_that_says_another_number_of_evaluations_is_a_breach(int declared, int runs)
    {
        using var network = Network();
        var model = new CountedModel([network.Card with { EvaluationsPerCall = declared }], x =>
        {
            for (var i = 0; i < runs; i++)
            {
                network.Evaluate(x);
            }
        });
        Assert.That(() => NetworkChecks.OfModel(model, _reports), Throws.TypeOf<BreachException>().With.Message.EqualTo(
            $"a call of the model evaluates 'light' {runs} times an image; its card says {declared}"));
    }

    [Test]
    public void A_network_that_does_not_report_is_a_note()
    {
        Assert.That(() => NetworkChecks.OfModel(new CountedModel([new("own", 5)], _ => { }), _reports),
            Throws.TypeOf<NothingToCheckException>().With.Message.StartsWith("'own' does not report its evaluations"));
        Assert.That(() => NetworkChecks.OfCorrection(new("own", 5), _reports), Throws.TypeOf<NothingToCheckException>());
        Assert.That(() => NetworkChecks.OfCorrection(null, _reports), Throws.Nothing);
    }

    [Test]
    public void A_correction_shows_the_network_that_runs()
    {
        using var network = Network();
        using var other = Network();
        network.Evaluate(torch.zeros(2, 1, 8, 8));
        Assert.That(() => NetworkChecks.OfCorrection(network.Card, _reports), Throws.Nothing);
        Assert.That(() => NetworkChecks.OfCorrection(null, _reports), Throws.TypeOf<BreachException>().With.Message.EqualTo(
            "the network 'light' runs, and is not among the networks that are named: none"));
        Assert.That(() => NetworkChecks.OfCorrection(other.Card, _reports), Throws.TypeOf<BreachException>());
    }

    private UNet Network(NetworkRole role = NetworkRole.Main)
    {
        var context = Bench.Model(meter: _reports) with { Network = new() { Family = "light", Channels = 4, Multipliers = [1, 2], Blocks = 1 } };
        var network = UNets.For(context, "second", role: role);
        network.eval();
        return network;
    }
}
