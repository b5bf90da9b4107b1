namespace Dfx.Diffusion.Tests.Training;

[TestFixture]
internal sealed class TrainingLoopTests
{
    private DisposeScope _scope;

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
        foreach (var (fraction, weights) in host.Kept)
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
}
