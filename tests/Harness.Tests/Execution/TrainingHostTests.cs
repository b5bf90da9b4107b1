using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What a training run leaves in its folder.</summary>
public sealed class TrainingHostTests
{
    private ScratchFolder _scratch = null!;

    [SetUp]
    public void Make() => _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

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
        var host = new TrainingHost(Files(), new() { Steps = 4, Evaluations = 50, Batch = 15 }, 100, new Silent(), _ => null!);
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

    private static TrainingState State() => new(1, new(new Dictionary<string, torch.Tensor> { ["w"] = torch.ones(2) }));

    private TrainingFiles Files() => new(_scratch.At("job/x")[..^2]);

    private TrainingHost Host(double interval = 100) => new(Files(), new() { Steps = 10, Batch = 1 }, interval, new Silent(), _ => null!);

    private sealed class Silent : IProgressHost
    {
        public void Report(long done, long total, string? note = null)
        {
        }
    }
}
