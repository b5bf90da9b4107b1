namespace Dfx.Diffusion.Tests.Training;

[TestFixture]
internal sealed class TrainingLoopTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(0, 2)]
    [TestCase(0, 7)]
    [TestCase(0.2, 7)]
    public void An_interrupted_run_ends_with_the_same_bits(double dropout, int interruption)
    {
        var undisturbed = new TestHost();
        using var expected = Runs.Train(Runs.Context(undisturbed, dropout: dropout));

        var host = new TestHost(done => done == interruption);
        using var source = new CancellationTokenSource();
        host.Reported = done =>
        {
            if (done == interruption + 1)
            {
                source.Cancel();
            }
        };
        var context = Runs.Context(host, dropout: dropout);
        Assert.That(() => Runs.Train(context with { Cancellation = source.Token }), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(host.Saved!.Step, Is.EqualTo(interruption));

        host.Reports.Clear();
        using var actual = Runs.Train(context);

        Assert.That(host.Reports[0].Done, Is.EqualTo(interruption + 1));
        Runs.AssertEqual(actual.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors);
        Assert.That(host.Kept.Select(k => k.Fraction).Distinct(), Is.EqualTo(undisturbed.Kept.Select(k => k.Fraction)));
        foreach (var (fraction, _, weights) in host.Kept)
        {
            Runs.AssertEqual(weights, undisturbed.Kept.Single(k => k.Fraction.Equals(fraction)).Weights);
        }
    }

    [Test]
    public void Dropout_changes_the_run()
    {
        using var plain = Runs.Train(Runs.Context(new TestHost()));
        using var dropping = Runs.Train(Runs.Context(new TestHost(), dropout: 0.2));
        Assert.That(() => Runs.AssertEqual(dropping.ToCheckpoint().Tensors, plain.ToCheckpoint().Tensors), Throws.InstanceOf<AssertionException>());
    }

    [Test]
    public void The_kept_checkpoint_is_that_of_a_shorter_run_with_the_same_rate()
    {
        var host = new TestHost();
        var context = Runs.Context(host);
        using var whole = Runs.Train(context with { Settings = context.Settings with { WarmUp = 2 } });
        using var quarter = Runs.Train(context with { Host = new TestHost(), Settings = context.Settings with { WarmUp = 2, Steps = 3, Checkpoints = [1] } });
        Runs.AssertEqual(host.Kept[0].Weights, quarter.ToCheckpoint().Tensors);
    }

    [Test]
    public void A_loss_that_is_not_a_number_is_told_with_its_step()
    {
        var context = Runs.Context(new TestHost());
        var error = Assert.Throws<DivergedException>(() => Runs.Train(context, (batch, loss) => batch.Step == 4 ? loss * double.NaN : loss));
        Assert.That(error.Message, Does.StartWith("step 5 of 12: the loss is NaN"));
    }

    // The first numbers of step 4 are bad, and the other ones that the second attempt draws are not.
    private static Func<TrainingBatch, torch.Tensor, torch.Tensor> BadOnce(TrainingContext context)
    {
        using var first = context.Noise("bad").Uniform(4, 1);
        var bad = first.ToSingle();
        return (batch, loss) => batch.Step == 4 && batch.Noise("bad").Uniform(4, 1).ToSingle().Equals(bad) ? loss * double.NaN : loss;
    }

    [Test]
    public void A_run_goes_on_once_from_its_last_good_state_with_other_numbers()
    {
        var host = new TestHost();
        var context = Runs.Context(host, steps: 40) with { Settings = new() { Steps = 40, Batch = 7, Checkpoints = [0.1, 1] } };
        using var model = Runs.Train(context, BadOnce(context));
        using var calm = Runs.Train(context with { Host = new TestHost() });
        // 40 steps have a good state every 2.
        Assert.That(host.Reports.Select(r => r.Done).Take(7), Is.EqualTo(new[] { 1, 2, 3, 4, 4, 5, 6 }));
        Assert.That(host.Reports[4].Note, Is.EqualTo("not finite at step 5 of 40: once more from step 4"));
        Assert.That(() => Runs.AssertEqual(model.ToCheckpoint().Tensors, calm.ToCheckpoint().Tensors), Throws.InstanceOf<AssertionException>());
    }

    [TestCase(3)]
    [TestCase(5)]
    public void An_interrupted_run_that_went_back_ends_with_the_same_bits(int interruption)
    {
        var undisturbed = Runs.Context(new TestHost());
        using var expected = Runs.Train(undisturbed, BadOnce(undisturbed));

        var host = new TestHost(done => done == interruption);
        using var source = new CancellationTokenSource();
        host.Reported = done => _ = done == interruption + 1 ? Cancel(source) : 0;
        var context = Runs.Context(host);
        Assert.That(() => Runs.Train(context with { Cancellation = source.Token }, BadOnce(context)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(host.Saved!.Step, Is.EqualTo(interruption));
        Assert.That(host.Saved.Contents.Facts.ContainsKey("retried"), Is.EqualTo(interruption == 5));

        using var actual = Runs.Train(context, BadOnce(context));
        Runs.AssertEqual(actual.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors);
    }

    [Test]
    public void A_checkpoint_that_was_kept_before_a_run_went_back_is_kept_anew()
    {
        var host = new TestHost();
        var context = Runs.Context(host) with { Settings = new() { Steps = 60, Batch = 7, Checkpoints = [0.066, 1] } };
        using var model = Runs.Train(context, BadOnce(context));
        Assert.That(host.Kept.Select(k => k.Fraction), Is.EqualTo(new[] { 0.066, 0.066, 1 }));
        Assert.That(() => Runs.AssertEqual(host.Kept[1].Weights, host.Kept[0].Weights), Throws.InstanceOf<AssertionException>());
    }

    [Test]
    public void A_run_that_goes_back_twice_has_diverged()
    {
        var context = Runs.Context(new TestHost());
        var bad = BadOnce(context);
        var error = Assert.Throws<DivergedException>(() => Runs.Train(context, (batch, loss) => batch.Step == 9 ? loss * double.NaN : bad(batch, loss)));
        Assert.That(error.Message, Does.StartWith("step 10 of 12: the loss is NaN").And.Contain("a first attempt that ended so: step 5 of 12"));
    }

    [Test]
    public void Each_of_several_averages_is_that_of_a_run_of_its_own()
    {
        var host = new TestHost(done => done == 7);
        var context = Runs.Context(host);
        var both = context with { Settings = context.Settings with { Ema = [0.3, 0.9] } };
        using (var first = Runs.Train(both))
        {
            // Once more from the state in the middle: it holds every average.
            using var resumed = Runs.Train(both);
            Runs.AssertEqual(resumed.ToCheckpoint().Tensors, first.ToCheckpoint().Tensors);
        }

        foreach (var (average, decay) in both.Settings.Ema.Index())
        {
            var alone = new TestHost();
            using var model = Runs.Train(Runs.Context(alone) with { Settings = context.Settings with { Ema = [decay] } });
            Assert.That(alone.Kept, Has.Count.EqualTo(2));
            foreach (var kept in alone.Kept)
            {
                var same = host.Kept.Where(k => k.Average == average && k.Fraction.Equals(kept.Fraction)).ToList();
                Assert.That(same, Is.Not.Empty);
                same.ForEach(k => Runs.AssertEqual(k.Weights, kept.Weights));
            }
        }
    }

    [Test]
    public void The_half_life_of_the_average_is_in_images()
    {
        var settings = new TrainingSettings { Steps = 1, Batch = 50, EmaHalfLife = [1000], EmaRampUp = 0 };
        var weights = Enumerable.Range(0, 20).Select(step => Recipe.Of(settings).Decays.Single()(step)).Aggregate(1.0, (a, b) => a * b);
        Assert.That(weights, Is.EqualTo(0.5).Within(1e-12));
    }

    // EDM's command line defaults; at first the average is the weights themselves.
    [TestCase(0, 0)]
    [TestCase(10, 0.25)] // 10 steps of 10 images: half-life 5
    [TestCase(1000, 0.98623270449335920)] // half-life 500, 0.5^(1/50)
    [TestCase(1_000_000, 0.99930709299045248)] // half-life 10000, 0.5^(1/1000)
    public void The_half_life_ramps_up(long step, double expected)
    {
        var settings = new TrainingSettings { Steps = 1, Batch = 10, EmaHalfLife = [10_000] };
        Assert.That(Recipe.Of(settings).Decays.Single()(step), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Progress_names_every_step_and_sometimes_the_loss()
    {
        var host = new TestHost();
        using var model = Runs.Train(Runs.Context(host));
        Assert.That(host.Reports.Select(r => r.Done), Is.EqualTo(Enumerable.Range(1, 12)));
        Assert.That(host.Reports.Count(r => r.Note is not null), Is.EqualTo(3));
    }

    [Test]
    public void Training_lowers_the_loss()
    {
        var losses = new List<double>();
        var context = Runs.Context(new TestHost(), steps: 60);
        using var model = Runs.Train(context, (_, loss) =>
        {
            losses.Add(loss.mean().ToDouble());
            return loss;
        });
        Assert.That(losses.TakeLast(20).Average(), Is.LessThan(0.9 * losses.Take(5).Average()));
    }

    [Test]
    public void Mixed_precision_trains_weights_in_float32()
    {
        using var mixed = Runs.Train(Runs.Context(new TestHost(), precision: Precision.Bfloat16));
        using var single = Runs.Train(Runs.Context(new TestHost()));
        var x = torch.full([2, 1, 8, 8], 0.1, torch.ScalarType.Float64);
        var sigma = torch.ones([2], torch.ScalarType.Float64);
        var (a, b) = (mixed.Denoise(x, sigma), single.Denoise(x, sigma));
        Assert.That(mixed.ToCheckpoint().Tensors.Values.Select(t => t.dtype), Is.All.EqualTo(torch.ScalarType.Float32));
        Assert.That(a.dtype, Is.EqualTo(torch.ScalarType.Float64));
        Assert.That(a.MaxError(b), Is.LessThan(0.05).And.GreaterThan(0));
    }

    [Test]
    public void Nothing_leaks_from_step_to_step()
    {
        var counts = new List<long>();
        var host = new TestHost { Reported = _ => counts.Add(torch.Tensor.TotalCount) };
        using var model = Runs.Train(Runs.Context(host, steps: 20));
        Assert.That(counts[18], Is.LessThanOrEqualTo(counts[8]));
    }

    private static int Cancel(CancellationTokenSource source)
    {
        source.Cancel();
        return 0;
    }
}
