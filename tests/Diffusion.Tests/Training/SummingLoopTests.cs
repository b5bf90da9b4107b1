namespace Dfx.Diffusion.Tests.Training;

[TestFixture]
internal sealed class SummingLoopTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // The first pixel of image i is i / 100: an epoch's sum is known.
    [Test]
    public void The_sum_of_an_epoch_is_that_of_the_data()
    {
        using var model = Sum(Context(new TestHost(), 10, 10));
        Assert.That(model.Value, Is.EqualTo(49.5).Within(1e-5));
    }

    [TestCase(2)]
    [TestCase(7)]
    public void An_interrupted_run_ends_with_the_same_sum(int interruption)
    {
        using var expected = Sum(Context(new TestHost(), 12, 7));
        var host = new TestHost(done => done == interruption);
        using var source = new CancellationTokenSource();
        host.Reported = done => _ = done == interruption + 1 ? Cancel(source) : 0;
        var context = Context(host, 12, 7);
        Assert.That(() => Sum(context with { Cancellation = source.Token }), Throws.InstanceOf<OperationCanceledException>());
        using var actual = Sum(context);
        Assert.That(actual.Value, Is.EqualTo(expected.Value));
        Assert.That(host.Kept.Select(k => k.Fraction).Distinct(), Is.EqualTo(new[] { 0.25, 1 }));
    }

    [Test]
    public void A_sum_that_is_not_finite_has_diverged() => Assert.That(
        () => SummingLoop.Run(Context(new TestHost(), 2, 2), _ => torch.tensor(double.NaN), Total.Of), Throws.InstanceOf<DivergedException>());

    private static Total Sum(TrainingContext context) =>
        SummingLoop.Run(context, batch => batch.Clean.select(3, 0).select(2, 0).sum().@double(), Total.Of);

    private static TrainingContext Context(ITrainingHost host, int steps, int batch)
    {
        var context = Runs.Context(host);
        return context with { Settings = new() { Steps = steps, Batch = batch, Checkpoints = [0.25, 1] } };
    }

    private static int Cancel(CancellationTokenSource source)
    {
        source.Cancel();
        return 0;
    }

    private sealed class Total(double value) : ITrainedModel
    {
        internal double Value => value;

        public DataShape Shape => new(1, 8, 8);

        public IReadOnlyList<NetworkCard> Networks => [];

        internal static Total Of(Checkpoint sums) => new(sums.Tensors[SummingLoop.SumName].ToDouble());

        public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal();

        public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor> { ["value"] = torch.tensor(value) });

        public void Dispose()
        {
        }
    }
}
