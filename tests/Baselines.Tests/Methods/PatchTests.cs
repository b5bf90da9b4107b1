namespace Dfx.Baselines.Tests.Methods;

[TestFixture]
internal sealed class PatchTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // With whole images alone the method is denoising score matching with two further channels.
    [Test]
    public void Without_patches_it_is_score_matching_that_sees_the_coordinates()
    {
        var context = Pixels.Context(20);
        using var patch = new PatchMethod(new(1)).Train(context);
        using var plain = new DsmMethod(new()).Train(context with { Model = context.Model with { Task = new CoordinateTask() } });
        var (actual, expected) = (patch.ToCheckpoint().Tensors, plain.ToCheckpoint().Tensors);
        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
        Assert.That(expected, Has.All.Matches<KeyValuePair<string, torch.Tensor>>(e => actual[e.Key].eq(e.Value).all().ToBoolean()));
    }

    private sealed class CoordinateTask : ITask
    {
        public MetricKinds Metrics => new GenerateTask().Metrics;

        public int ConditionChannels(DataShape shape) => 2;

        public Condition? Observe(TaskImages images) =>
            new() { Channels = Patches.Coordinates(images.Noise.Shape, torch.CPU).expand(images.Clean.shape[0], -1, -1, -1) };
    }
}
