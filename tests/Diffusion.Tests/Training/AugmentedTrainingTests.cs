using Dfx.Diffusion.Tests.Augmentation;

namespace Dfx.Diffusion.Tests.Training;

/// <summary>Runs whose images are augmented and whose network is told so.</summary>
[TestFixture]
internal sealed class AugmentedTrainingTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void An_interrupted_run_ends_with_the_same_bits()
    {
        using var expected = Runs.Train(Context(new TestHost()));
        using var source = new CancellationTokenSource();
        var host = new TestHost(done => done == 7);
        host.Reported = done => _ = done == 8 ? Cancel(source) : 0;
        Assert.That(() => Runs.Train(Context(host) with { Cancellation = source.Token }), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(host.Saved!.Step, Is.EqualTo(7));
        using var actual = Runs.Train(Context(host));
        Runs.AssertEqual(actual.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors);
    }

    [Test]
    public void The_network_learns_from_labels_of_nine_numbers()
    {
        var context = Context(new TestHost());
        using var network = UNets.For(context.Model);
        using var trained = Runs.Train(context);
        using var plain = Runs.Train(Runs.Context(new TestHost()));
        var (first, last) = (network.state_dict()["map_augment.weight"], trained.ToCheckpoint().Tensors["map_augment.weight"]);
        Assert.That(last.shape[1], Is.EqualTo(9));
        Assert.That((last - first).abs().amax(0).min().ToDouble(), Is.GreaterThan(0), "a column that nothing was learned from");
        Assert.That(plain.ToCheckpoint().Tensors.Keys, Has.None.Contains("augment"));
    }

    [Test]
    public void Samplers_tell_the_network_that_nothing_was_done()
    {
        using var model = Runs.Train(Context(new TestHost()));
        var (x, sigma) = (Pictures.Rough(2, 1, 8, 8), torch.full([2], 0.7));
        var silent = model.Denoise(x, sigma);
        Assert.That(model.Denoise(x, sigma, new() { Augmentation = torch.zeros(2, 9) }).MaxError(silent), Is.Zero);
        Assert.That(model.Denoise(x, sigma, new() { Augmentation = torch.ones(2, 9) }).MaxError(silent), Is.GreaterThan(0));
    }

    [Test]
    public void A_batch_has_the_images_and_labels_of_the_pipe()
    {
        var context = Context(new TestHost());
        var batch = new TrainingBatch(context, new(context), 4);
        var (images, labels) = AugmentPipe.Apply(new BatchSource(context).Clean(4), 0.5, context.Noise, "augment", 4);
        Assert.That(batch.Clean.MaxError(images), Is.Zero);
        Assert.That(batch.Condition!.Augmentation!.MaxError(labels), Is.Zero);
        Assert.That(labels.abs().sum().ToDouble(), Is.Positive);
    }

    [Test]
    public void Further_images_are_augmented_by_purpose()
    {
        var context = Context(new TestHost());
        var (batch, images) = (new TrainingBatch(context, new(context), 4), Pictures.Rough(9, 1, 8, 8));
        var (once, labels) = batch.Augment(images, "reference");
        Assert.That(batch.Augment(images, "reference").Images.MaxError(once), Is.Zero);
        Assert.That(batch.Augment(images.narrow(0, 0, 3), "reference").Labels!.MaxError(labels!.narrow(0, 0, 3)), Is.Zero);
        Assert.That(batch.Augment(images, "others").Labels!.MaxError(labels), Is.Positive);
        var plain = Runs.Context(new TestHost());
        Assert.That(new TrainingBatch(plain, new(plain), 4).Augment(images, "reference"), Is.EqualTo((images, (torch.Tensor?)null)));
    }

    [Test]
    public void A_task_observes_the_augmented_images()
    {
        var context = Context(new TestHost());
        context = context with { Model = context.Model with { Task = new WholeTask() } };
        var batch = new TrainingBatch(context, new(context), 2);
        Assert.That(batch.Condition!.Channels!.MaxError(batch.Clean), Is.Zero);
        Assert.That(batch.Condition.Augmentation, Is.Not.Null);
    }

    // Images 3 to 7 of the run's order, at any step: the pipe's images and labels, and what the task observes of them.
    [Test]
    public void Images_that_a_method_draws_at_its_own_pace_come_with_their_labels()
    {
        var context = Context(new TestHost());
        context = context with { Model = context.Model with { Task = new WholeTask() } };
        var (batch, source) = (new TrainingBatch(context, new(context), 4), new BatchSource(context));
        var (images, condition) = batch.DrawnImages(3, 5, "pool");
        var (expected, labels) = AugmentPipe.Apply(source.Read(4, source.Drawn(3, 5), "pool"), 0.5, context.Noise, "pool", 4);
        Assert.That(images.MaxError(expected), Is.Zero);
        Assert.That(condition!.Augmentation!.MaxError(labels), Is.Zero);
        Assert.That(condition.Channels!.MaxError(images), Is.Zero);
        var plain = Runs.Context(new TestHost());
        Assert.That(new TrainingBatch(plain, new(plain), 4).DrawnImages(3, 5, "pool").Condition, Is.Null);
    }

    [Test]
    public void A_loss_that_does_not_tell_the_network_is_refused()
    {
        var context = Context(new TestHost());
        using var network = UNets.For(context.Model);
        Assert.That(
            () => TrainingLoop.Run(
                context,
                network,
                batch => ScoreMatching.Errors(Runs.Process, network, batch.Clean, torch.ones([batch.Count]), batch.Clean),
                weights => PreconditionedDenoiser.Load(weights, context.Model, Runs.Process)),
            Throws.InvalidOperationException.With.Message.Contain("give it training: { augment: 0 }"));
    }

    private static TrainingContext Context(ITrainingHost host)
    {
        var context = Runs.Context(host);
        return context with
        {
            Model = context.Model with { Augmented = true },
            Settings = context.Settings with { Flip = false, Augment = 0.5 },
        };
    }

    private static int Cancel(CancellationTokenSource source)
    {
        source.Cancel();
        return 0;
    }

    private sealed class WholeTask : ITask
    {
        public MetricKinds Metrics => new GenerateTask().Metrics;

        public int ConditionChannels(DataShape shape) => shape.Channels;

        public Condition? Observe(TaskImages images) => new() { Channels = images.Clean };
    }
}
