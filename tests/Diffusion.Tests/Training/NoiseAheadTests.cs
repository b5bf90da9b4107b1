namespace Dfx.Diffusion.Tests.Training;

/// <summary>Random numbers that are made a step ahead are those that would have been made, whoever asks for what.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class NoiseAheadTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void Draws_that_were_foreseen_have_the_same_bits()
    {
        using var ahead = new NoiseAhead(least: 1);
        var (plain, foreseen) = (Noise(null), Noise(ahead));
        for (var step = 0L; step < 30; step++)
        {
            AssertSame(foreseen.Normal(step, 7, 3, 5), plain.Normal(step, 7, 3, 5));
            AssertSame(foreseen.Uniform(step, 7, 3, 5), plain.Uniform(step, 7, 3, 5));
            AssertSame(foreseen.OfPart(1, 7).Normal(step, 7, 3, 5), plain.OfPart(1, 7).Normal(step, 7, 3, 5));
            Settle(ahead);
        }

        Assert.That(ahead.Foreseen, Is.EqualTo(3 * 28), "all but those of the first two steps");
    }

    /// <summary>The order of steps that a run has which goes back, that is resumed, or asks twice.</summary>
    [Test]
    public void Any_order_of_steps_gives_the_numbers_of_the_step()
    {
        using var ahead = new NoiseAhead(least: 1);
        var (plain, foreseen) = (Noise(null), Noise(ahead));
        foreach (var step in (long[])[0, 1, 2, 2, 2, 3, 9, 10, 10, 11, 4, 5, 6, uint.MaxValue - 1, uint.MaxValue, 7, 8])
        {
            AssertSame(foreseen.Normal(step, 11, 13), plain.Normal(step, 11, 13));
            Settle(ahead);
        }

        Assert.That(ahead.Foreseen, Is.EqualTo(4), "2, 3, 11 and 6 came after two steps in a row");
        Assert.That(() => foreseen.Normal(1L << 32, 11, 13), Throws.InstanceOf<OverflowException>());
    }

    [Test]
    public void Without_a_pause_the_numbers_are_the_same()
    {
        using var ahead = new NoiseAhead();
        var (plain, foreseen) = (Noise(null), Noise(ahead));
        for (var step = 0L; step < 60; step++)
        {
            using var each = torch.NewDisposeScope();
            AssertSame(foreseen.Normal(step, 8, 3, 32, 32), plain.Normal(step, 8, 3, 32, 32));
        }
    }

    [Test]
    public void Small_draws_are_made_when_they_are_asked_for()
    {
        using var ahead = new NoiseAhead(least: 100);
        for (var step = 0L; step < 5; step++)
        {
            _ = Noise(ahead).Normal(step, 99);
            Settle(ahead);
        }

        Assert.That(ahead.Foreseen, Is.Zero);
    }

    /// <summary>A purpose a step, as a method may have it: those of the past make room, and what comes every step is still foreseen.</summary>
    [Test]
    public void Draws_that_come_once_do_not_pile_up()
    {
        using var ahead = new NoiseAhead(least: 1);
        for (var step = 0L; step < 200; step++)
        {
            AssertSame(Noise(ahead, $"only-{step}").Normal(step, 50), Noise(null, $"only-{step}").Normal(step, 50));
            AssertSame(Noise(ahead).Normal(step, 50), Noise(null).Normal(step, 50));
            Settle(ahead);
        }

        Assert.That(ahead.Foreseen, Is.EqualTo(198));
        Assert.That(ahead.Known, Is.LessThanOrEqualTo(64));
    }

    /// <summary>A collection that the other thread started could free a number under an operation: it allocates nothing.</summary>
    [Test]
    public void The_other_thread_allocates_nothing_and_no_tensor_is_left()
    {
        using var ahead = new NoiseAhead();
        var noise = Noise(ahead);
        var (bytes, tensors) = (0L, 0L);
        for (var step = 0L; step < 220; step++)
        {
            if (step == 20)
            {
                (bytes, tensors) = (ahead.Allocated, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
            }

            using var each = torch.NewDisposeScope();
            _ = noise.Normal(step, 8, 3, 32, 32);
            Settle(ahead);
        }

        Assert.That((ahead.Foreseen, ahead.Allocated - bytes), Is.EqualTo((218L, 0L)));
        Assert.That(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount, Is.EqualTo(tensors));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_training_ends_with_the_same_bits(bool bad)
    {
        var expected = Train(new TestHost(), false, bad);
        Runs.AssertEqual(Train(new TestHost(), true, bad), expected);
    }

    [TestCase(3)]
    [TestCase(8)]
    public void An_interrupted_training_ends_with_the_same_bits(int interruption)
    {
        var expected = Train(new TestHost(), false, false);
        var host = new TestHost(_ => true);
        using var source = new CancellationTokenSource();
        host.Reported = done => { if (done == interruption) { source.Cancel(); } };
        Assert.That(() => Train(host, true, false, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(host.Saved!.Step, Is.GreaterThan(0));
        Runs.AssertEqual(Train(host, true, false), expected);
    }

    // With images on the device too; good states are every step, and step 6 is bad at its first attempt.
    private static Dictionary<string, torch.Tensor> Train(TestHost host, bool ahead, bool bad, CancellationToken cancellation = default)
    {
        var context = Runs.Context(host);
        context = context with
        {
            Model = context.Model with { Data = new ByteData(), Network = new() { Channels = 4, Multipliers = [1], Blocks = 1 } },
            Settings = context.Settings with { Checkpoints = [1], Accumulate = 7 },
            Cancellation = cancellation,
        };
        var left = bad ? 1 : 0;
        using var network = UNets.For(context.Model);
        var plan = TrainingPlan.Of(network, batch => ScoreMatching.Loss(Runs.Process, network, batch) * (batch.Step == 5 && left-- > 0 ? double.NaN : 1));
        using var run = new TrainingRun(context, plan, supply: given => new(given, ahead ? long.MaxValue : 0, ahead ? new NoiseAhead(least: 1) : null));
        while (!run.Ended)
        {
            run.Step();
        }

        return TestHost.Copies(run.Averaged(0));
    }

    private static void Settle(NoiseAhead ahead) => SpinWait.SpinUntil(() => !ahead.IsBusy);

    private static StepNoise Noise(NoiseAhead? ahead, string purpose = "noise") => new(3, purpose, torch.CPU) { Ahead = ahead };

    private static void AssertSame(torch.Tensor actual, torch.Tensor expected)
    {
        Assert.That(actual.shape, Is.EqualTo(expected.shape));
        Assert.That(actual.eq(expected).all().ToBoolean(), Is.True);
    }
}
