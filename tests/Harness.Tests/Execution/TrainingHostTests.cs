using Dfx.Harness.Execution.Models;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What a training run leaves in its folder.</summary>
public sealed class TrainingHostTests
{
    private ScratchFolder _scratch = null!;
    private JobMeter _meter = null!;
    private CancellationTokenSource _stop = null!;

    [SetUp]
    public void Make() => (_scratch, _meter, _stop) = (new(), new(CancellationToken.None), new());

    [TearDown]
    public void Remove()
    {
        _scratch.Dispose();
        _stop.Dispose();
    }

    [Test]
    public void A_state_comes_back()
    {
        using var scope = torch.NewDisposeScope();
        var state = new TrainingState(7, new(
            new Dictionary<string, torch.Tensor> { ["w"] = torch.tensor([1.5, double.NaN]), ["n"] = torch.tensor([3L]) },
            new Dictionary<string, string> { ["loss"] = "ä 1" }));
        Assert.That(Host().LastState(), Is.Null);
        Host().Save(state);
        var last = Host().LastState()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(last.Step, Is.EqualTo(7));
            Assert.That(last.Contents.Tensors["w"].data<double>().ToArray(), Is.EqualTo(new[] { 1.5, double.NaN }), "a state is kept as it is");
            Assert.That(last.Contents.Tensors["n"].dtype, Is.EqualTo(torch.ScalarType.Int64));
            Assert.That(last.Contents.Facts["loss"], Is.EqualTo("ä 1"));
        }
    }

    [Test]
    public void Seconds_add_up_over_interruptions()
    {
        using var scope = torch.NewDisposeScope();
        var first = Host();
        Thread.Sleep(120);
        first.Save(State());
        var second = Host();
        Assert.That(second.Seconds, Is.LessThan(0.1));
        _ = second.LastState();
        Assert.That(second.Seconds, Is.InRange(0.12, 0.12 + first.Seconds));
        Thread.Sleep(60);
        second.Save(State());
        var third = Host();
        _ = third.LastState();
        Assert.That(third.Seconds, Is.GreaterThan(0.18));
    }

    [Test]
    public void A_state_is_due_after_the_interval()
    {
        using var scope = torch.NewDisposeScope();
        var host = Host(0.15);
        Assert.That(host.SaveDue, Is.False);
        Thread.Sleep(180);
        Assert.That(host.SaveDue, Is.True);
        host.Save(State());
        Assert.That(host.SaveDue, Is.False);
        Thread.Sleep(2500);
        Assert.That(host.SaveDue, Is.True);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_checkpoint_that_is_not_finite_is_refused(double value)
    {
        using var scope = torch.NewDisposeScope();
        Assert.That(
            () => Host().Keep(0.5, new Checkpoint(new Dictionary<string, torch.Tensor> { ["w"] = torch.tensor([1, value]) })),
            Throws.TypeOf<DivergedException>().With.Message.EqualTo("after 5 steps: w is not finite everywhere"));
        Assert.That(Files().HasCheckpoint(5), Is.False);
    }

    [Test]
    public void A_checkpoint_of_a_budget_in_evaluations_is_named_by_them()
    {
        using var scope = torch.NewDisposeScope();
        using var host = new TrainingHost(Files(), new() { Steps = 4, Evaluations = 50, Batch = 15 }, 100, new Silent(), (_, _) => null!, _meter, _stop.Token);
        host.Keep(0.5, new Checkpoint(new Dictionary<string, torch.Tensor> { ["w"] = torch.tensor([2.5f]) }));
        Assert.That(File.Exists(Path.Combine(_scratch.Path, "job", "checkpoint-25.safetensors")), Is.True);
        Assert.That(
            () => host.Keep(1, new Checkpoint(new Dictionary<string, torch.Tensor> { ["w"] = torch.tensor([double.NaN]) })),
            Throws.TypeOf<DivergedException>().With.Message.StartsWith("after 50 training evaluations: w is not finite"));
    }

    [Test]
    public void A_checkpoint_has_its_facts_and_the_time_until_then()
    {
        using var scope = torch.NewDisposeScope();
        var host = Host();
        Thread.Sleep(30);
        host.Keep(1, new Checkpoint(new Dictionary<string, torch.Tensor> { ["w"] = torch.tensor([2.5f]) }, new Dictionary<string, string> { ["name"] = "x" }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.Exists(Path.Combine(_scratch.Path, "job", "checkpoint-10.safetensors")), Is.True);
            Assert.That(Files().ReadCheckpoint(10).Facts["name"], Is.EqualTo("x"));
            Assert.That(Files().ReadCheckpoint(10).Tensors["w"].ToDouble(), Is.EqualTo(2.5));
            Assert.That(Files().SecondsOf(10), Is.InRange(0.03, host.Seconds));
        }
    }

    [Test]
    public void A_state_is_gone_when_it_is_deleted()
    {
        using var scope = torch.NewDisposeScope();
        Host().Save(State());
        Files().DeleteState();
        Files().DeleteState();
        Assert.That(Host().LastState(), Is.Null);
    }

    /// <summary>Forward once, with the way back three times; a source's evaluations are no training evaluations, nor are those of second networks.</summary>
    [Test]
    public void What_was_evaluated_adds_up()
    {
        using var host = Host();
        var main = new NetworkCard("main", 1) { MultiplyAdds = 10 };
        _meter.Of(NetworkOwner.Model).Count(main, 4, trains: true);
        _meter.Of(NetworkOwner.Model).Count(main, 4, trains: false);
        _meter.Of(NetworkOwner.Source).Count(main, 4, trains: true);
        _meter.Of(NetworkOwner.Correction).Count(main with { Role = NetworkRole.Auxiliary, MultiplyAdds = 1 }, 4, trains: true);
        Assert.That((host.Cost.Evaluations, host.Cost.MultiplyAdds), Is.EqualTo(((Int128)4, (Int128?)(120 + 40 + 120 + 12))));
        _meter.Of(NetworkOwner.Model).Count(new("unknown", 1), 4, trains: true);
        Assert.That((host.Cost.Evaluations, host.Cost.MultiplyAdds), Is.EqualTo(((Int128)8, (Int128?)null)));
    }

    [Test]
    public void Evaluations_add_up_over_interruptions_and_none_counts_twice()
    {
        using var scope = torch.NewDisposeScope();
        var card = new NetworkCard("main", 1) { MultiplyAdds = 10 };
        using (var first = Host())
        {
            Assert.That(first.LastState(), Is.Null);
            _meter.Of(NetworkOwner.Model).Count(card, 4, trains: true);
            first.Save(State());
            _meter.Of(NetworkOwner.Model).Count(card, 100, trains: true);
        }

        using var second = Host();
        _meter.Of(NetworkOwner.Model).Count(card, 1000, trains: true);
        _ = second.LastState();
        Assert.That(second.Cost, Is.EqualTo(new TrainingCost(4, 120)), "what was lost, and what came before the state was read, is counted where it is done again");
        _meter.Of(NetworkOwner.Model).Count(card, 5, trains: true);
        second.Keep(0.5, State().Contents);
        Assert.That(Files().CostOf(5), Is.EqualTo(new TrainingCost(9, 270)));
        _meter.Of(NetworkOwner.Model).Count(new("unknown", 1), 1, trains: true);
        second.Keep(1, State().Contents);
        Assert.That(Files().CostOf(10), Is.EqualTo(new TrainingCost(10, null)));
    }

    /// <summary>The job that finds trajectories ready has cost as much as the one that made them.</summary>
    [Test]
    public void What_jobs_share_costs_each_of_them_once()
    {
        using var scope = torch.NewDisposeScope();
        var card = new NetworkCard("source", 1) { MultiplyAdds = 10 };
        var made = 0;
        for (var job = 0; job < 2; job++)
        {
            for (var process = 0; process < 2; process++)
            {
                using var host = Host(name: $"job{job}", store: (values, tally) => new TensorCache(values, _scratch.Path, "scope", tally));
                _ = host.LastState();
                for (var use = 0; use < 2; use++)
                {
                    _ = host.Store.Stored("trajectories", () =>
                    {
                        made++;
                        _meter.Of(NetworkOwner.Source).Count(card, 7, trains: false);
                        return new Dictionary<string, torch.Tensor> { ["x"] = torch.ones(2) };
                    });
                }

                Assert.That(host.Cost, Is.EqualTo(new TrainingCost(0, 70)), $"job {job}, process {process}");
                host.Save(State());
            }
        }

        Assert.That(made, Is.EqualTo(1));
    }

    [TestCase(true, true)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public void Parameters_that_nobody_reports_for_make_a_cost_unknown(bool reports, bool learned)
    {
        var card = new NetworkCard("n", learned ? 5 : 0) { Reports = reports };
        Assert.That(TrainingCost.None.Whole([card], null), Is.EqualTo(reports || !learned ? TrainingCost.None : null));
        Assert.That(TrainingCost.None.Whole([card with { Name = "of the source" }], [card]), Is.EqualTo(TrainingCost.None));
    }

    /// <summary>A run that saves is told to stop when it has saved, and one that never does at once.</summary>
    [Test]
    public void A_run_that_is_asked_to_stop_saves_first()
    {
        using var scope = torch.NewDisposeScope();
        using var saving = Host();
        Assert.That(saving.SaveDue, Is.False);
        using var other = Host(name: "other");
        _stop.Cancel();
        Assert.That((saving.SaveDue, saving.Interruption.IsCancellationRequested, other.Interruption.IsCancellationRequested), Is.EqualTo((true, false, true)));
        saving.Save(State());
        Assert.That(saving.Interruption.IsCancellationRequested, Is.True);
        using var late = Host(name: "late");
        Assert.That(late.Interruption.IsCancellationRequested, Is.True);
    }

    private static TrainingState State() => new(1, new(new Dictionary<string, torch.Tensor> { ["w"] = torch.ones(2) }));

    private TrainingFiles Files(string name = "job") => new(_scratch.At($"{name}/x")[..^2]);

    private TrainingHost Host(double interval = 100, string name = "job", Func<SharedValues, TrainingTally, ITensorStore>? store = null) => new(
        Files(name), new() { Steps = 10, Batch = 1 }, interval, new Silent(), store ?? ((_, _) => null!), _meter, _stop.Token);
}
