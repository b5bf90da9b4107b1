namespace Dfx.Diffusion.Tests.Training;

/// <summary>Runs that look at losses and norms only where somebody is told, as on an accelerator.</summary>
[TestFixture]
internal sealed class DeferredTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(1e-2)]
    [TestCase(1e9)]
    public void It_ends_with_the_same_weights_as_one_that_looks_at_every_step(double clip)
    {
        var (eager, deferred) = (Run(Context(new TestHost(), clip), true), Run(Context(new TestHost(), clip), false));
        Assert.That(eager.Max(t => t.Value.MaxError(deferred[t.Key])), Is.LessThan(1e-5));
    }

    // Good states every 2 steps and told at steps 1 and 11: step 6 is bad, and nobody looks before it ends.
    [TestCase(5, 4)]
    [TestCase(4, 4)]
    public void It_goes_back_to_the_same_state(int bad, int good)
    {
        var (eager, deferred) = (new TestHost(), new TestHost());
        var expected = Run(Context(eager), true, Bad(bad));
        var actual = Run(Context(deferred), false, Bad(bad));
        Assert.That(expected.Max(t => t.Value.MaxError(actual[t.Key])), Is.LessThan(1e-5));
        var note = $"not finite at step {bad + 1} of 40: once more from step {good}";
        Assert.That(eager.Reports.Select(r => r.Note), Has.One.EqualTo(note));
        Assert.That(deferred.Reports.Select(r => r.Note), Has.One.EqualTo(note));
    }

    [Test]
    public void Weights_stay_finite_until_somebody_looks()
    {
        var context = Context(new TestHost());
        using var network = UNets.For(context.Model);
        var finite = new List<bool>();
        var plan = TrainingPlan.Of(network, batch => ScoreMatching.Loss(Runs.Process, network, batch) * (batch.Step == 4 ? double.NaN : 1));
        using var run = new TrainingRun(
            context, plan with { After = _ => finite.Add(network.parameters().All(p => p.isfinite().all().ToBoolean())) }, eager: false);
        for (var i = 0; i < 6; i++)
        {
            run.Step();
        }

        Assert.That(finite, Is.EqualTo(Enumerable.Repeat(true, 6)));
    }

    [TestCase(3)]
    [TestCase(8)]
    public void An_interrupted_run_ends_with_the_same_bits(int interruption)
    {
        var expected = Run(Context(new TestHost()), false, Bad(5));
        var host = new TestHost(_ => true);
        using var source = new CancellationTokenSource();
        host.Reported = done => { if (done == interruption) { source.Cancel(); } };
        var bad = Bad(5);
        Assert.That(() => Run(Context(host) with { Cancellation = source.Token }, false, bad), Throws.InstanceOf<OperationCanceledException>());
        Runs.AssertEqual(Run(Context(host), false, interruption == 3 ? Bad(5) : bad), expected);
    }

    [Test]
    public void It_diverges_with_the_step_and_its_numbers()
    {
        var error = Assert.Throws<DivergedException>(() => Run(Context(new TestHost()), false, batch => batch.Step == 5));
        Assert.That(error.Message, Does.StartWith("step 6 of 40: the loss is NaN and the norm of its gradient NaN, after a first attempt"));
    }

    private static Dictionary<string, torch.Tensor> Run(TrainingContext context, bool eager, Func<TrainingBatch, bool>? bad = null)
    {
        using var network = UNets.For(context.Model);
        using var run = new TrainingRun(
            context, TrainingPlan.Of(network, batch => ScoreMatching.Loss(Runs.Process, network, batch) * (bad?.Invoke(batch) == true ? double.NaN : 1)), eager);
        while (!run.Ended)
        {
            run.Step();
        }

        return TestHost.Copies(run.Averaged(0));
    }

    // At the step's first attempt.
    private static Func<TrainingBatch, bool> Bad(long step)
    {
        var left = 1;
        return batch => batch.Step == step && left-- > 0;
    }

    private static TrainingContext Context(ITrainingHost host, double clip = 1)
    {
        var context = Runs.Context(host, steps: 40);
        return context with
        {
            Model = context.Model with { Network = new() { Channels = 4, Multipliers = [1], Blocks = 1 } },
            Settings = context.Settings with { Checkpoints = [1], Clip = clip },
        };
    }
}
