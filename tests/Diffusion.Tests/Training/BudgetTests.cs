namespace Dfx.Diffusion.Tests.Training;

/// <summary>Budgets in training evaluations: forward and backward passes of the main network on one image.</summary>
[TestFixture]
internal sealed class BudgetTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // Batches of 7: 20 evaluations end with step 3, a quarter of them with step 1 and half with step 2.
    [Test]
    public void It_ends_at_the_first_step_that_reaches_it()
    {
        var (host, steps) = (new TestHost(), new TestHost());
        using var model = Runs.Train(Evaluations(host, 20, 0.25, 0.5, 1));
        using var expected = Runs.Train(Evaluations(steps, 20, 0.33, 0.66, 1) with { Settings = new() { Steps = 3, Batch = 7, Checkpoints = [0.33, 0.66, 1], Flip = true } });
        Runs.AssertEqual(model.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors);
        Assert.That(host.Kept.Select(k => k.Fraction), Is.EqualTo(new[] { 0.25, 0.5, 1 }));
        Assert.That(host.Reports.Select(r => r.Done), Is.EqualTo(new[] { 7, 14, 20 }));
        foreach (var (mine, theirs) in host.Kept.Zip(steps.Kept))
        {
            Runs.AssertEqual(mine.Weights, theirs.Weights);
        }
    }

    [TestCase(1, 3)]
    [TestCase(2, 6)]
    public void A_network_is_counted_where_it_runs(int passes, int steps)
    {
        var count = 0;
        var context = Evaluations(new TestHost(), 42, 1);
        using var network = UNets.For(context.Model);
        using var model = TrainingLoop.Run(context, network, Loss, weights => PreconditionedDenoiser.Load(weights, context.Model, Runs.Process));
        Assert.That(count, Is.EqualTo(42 / 7 / passes));
        Assert.That(steps, Is.EqualTo(3 * passes));
        Assert.That(network.Meter, Is.SameAs(context.Model.Meter), "the meter of before");

        torch.Tensor Loss(TrainingBatch batch)
        {
            count++;
            using (torch.no_grad())
            {
                ScoreMatching.Loss(Runs.Process, network, batch);
            }

            return Enumerable.Range(0, passes).Select(_ => ScoreMatching.Loss(Runs.Process, network, batch)).Aggregate((a, b) => a + b);
        }
    }

    [Test]
    public void A_network_of_the_methods_own_evaluates_its_batch_at_every_update()
    {
        var (network, updates) = (torch.nn.Linear(8, 8), 0);
        using var run = new TrainingRun(Evaluations(new TestHost(), 42, 1), new() { Trainees = [new("a", network, Loss) { Updates = 2 }] });
        while (!run.Ended)
        {
            run.Step();
        }

        Assert.That(updates, Is.EqualTo(6));

        torch.Tensor Loss(TrainingBatch batch)
        {
            updates++;
            return network.call(batch.Clean).square();
        }
    }

    [TestCase(3)]
    [TestCase(6)]
    public void An_interrupted_run_ends_with_the_same_bits(int interruption)
    {
        using var expected = Runs.Train(Evaluations(new TestHost(), 66, 0.3, 1));
        var host = new TestHost(_ => true);
        using var source = new CancellationTokenSource();
        host.Reported = done => { if (done >= 7 * interruption) { source.Cancel(); } };
        Assert.That(() => Runs.Train(Evaluations(host, 66, 0.3, 1) with { Cancellation = source.Token }), Throws.InstanceOf<OperationCanceledException>());
        using var actual = Runs.Train(Evaluations(host, 66, 0.3, 1));
        Runs.AssertEqual(actual.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors);
    }

    [Test]
    public void A_main_network_that_is_never_evaluated_would_never_end()
    {
        var (network, other) = (torch.nn.Linear(8, 8), torch.nn.Linear(8, 8));
        using var run = new TrainingRun(Evaluations(new TestHost(), 42, 1), new()
        {
            Trainees = [new("a", network, b => network.call(b.Clean).square()) { FrozenFromStep = 1 }, new("b", other, b => other.call(b.Clean).square())],
        });
        run.Step();
        Assert.That(run.Step, Throws.InvalidOperationException.With.Message.Contains("that of a"));
    }

    private static TrainingContext Evaluations(ITrainingHost host, long evaluations, params double[] checkpoints)
    {
        var context = Runs.Context(host);
        return context with { Settings = new() { Steps = (int)((evaluations + 6) / 7), Evaluations = evaluations, Batch = 7, Checkpoints = [.. checkpoints], Flip = true } };
    }
}
