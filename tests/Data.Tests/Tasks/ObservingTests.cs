using Dfx.Sdk;

namespace Dfx.Data.Tests.Tasks;

/// <summary>What all tasks promise that hide pixels.</summary>
[TestFixture]
internal sealed class ObservingTests
{
    private static readonly string[] s_masked = ["half", "completion", "expand", "expand random", "thick", "medium", "mixed", "deocclude mask"];
    private static readonly string[] s_all = [.. s_masked, "deocclude"];
    private static readonly DataShape[] s_shapes = [new(1, 14, 14), new(1, 28, 28), new(3, 20, 33), new(3, 64, 64)];

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void Nothing_known_is_altered([ValueSource(nameof(s_masked))] string task, [ValueSource(nameof(s_shapes))] DataShape shape)
    {
        var clean = Observed.Clean(shape, 0, 16);
        var seen = Observed.Of(task, clean);
        var mask = seen.Mask!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mask.shape, Is.EqualTo(new long[] { 16, 1, shape.Height, shape.Width }));
            Assert.That(((mask - 1) * mask).abs().max().ToDouble(), Is.Zero, "0 and 1 alone");
            Assert.That(mask.mean([1, 2, 3]).min().ToDouble(), Is.GreaterThan(0));
            Assert.That(mask.mean([1, 2, 3]).max().ToDouble(), Is.LessThan(1));
            Assert.That((seen.Known! - (clean * mask)).abs().max().ToDouble(), Is.Zero);
            Assert.That(((seen.Channels!.narrow(1, 0, shape.Channels) - clean) * mask).abs().max().ToDouble(), Is.Zero);
            Assert.That((seen.Channels.narrow(1, shape.Channels, 1) - mask).abs().max().ToDouble(), Is.Zero);
            Assert.That(seen.Channels.shape[1], Is.EqualTo(Observed.Task(task).ConditionChannels(shape)));
        }
    }

    [Test]
    public void An_image_is_observed_alike_alone_and_in_a_batch_of_64([ValueSource(nameof(s_all))] string task, [Values(0, 5, 63)] int row)
    {
        var shape = new DataShape(3, 28, 28);
        var clean = Observed.Clean(shape, 0, 64);
        var whole = Observed.Of(task, clean).Channels!;
        var alone = Observed.Of(task, clean.narrow(0, row, 1), row).Channels!;
        Assert.That(Bytes(alone), Is.EqualTo(Bytes(whole.narrow(0, row, 1))));
    }

    [Test]
    public void The_dtype_of_the_noise_changes_nothing([ValueSource(nameof(s_all))] string task)
    {
        var clean = Observed.Clean(new(1, 28, 28), 0, 32);
        var single = Observed.Of(task, clean, dtype: torch.ScalarType.Float32).Channels!;
        Assert.That(single.dtype, Is.EqualTo(torch.ScalarType.Float32));
        Assert.That(Bytes(single), Is.EqualTo(Bytes(Observed.Of(task, clean).Channels!)));
    }

    [Test]
    public void Another_device_changes_nothing([ValueSource(nameof(s_all))] string task)
    {
        if (!torch.cuda.is_available())
        {
            Assert.Ignore("no CUDA device");
        }

        var clean = Observed.Clean(new(3, 28, 28), 0, 8);
        var there = Observed.Task(task).Observe(new()
        {
            Clean = clean.cuda(),
            Noise = new(Numerics.Noise.NoiseKey.For(7, "mask"), 0, 8, new(3, 28, 28), torch.CUDA),
        })!;
        Assert.That(there.Channels!.device.type, Is.EqualTo(DeviceType.CUDA));
        Assert.That(Bytes(there.Channels.cpu()), Is.EqualTo(Bytes(Observed.Of(task, clean).Channels!)));
    }

    [Test]
    public void Nothing_hidden_gets_through([ValueSource(nameof(s_all))] string task, [Values(float.NaN, float.PositiveInfinity, 0.25f)] float other)
    {
        var clean = Observed.Clean(new(3, 28, 28), 0, 16);
        var hidden = Observed.Of(task == "deocclude" ? "deocclude mask" : task, clean).Mask!.eq(0);
        var changed = torch.where(hidden, torch.full_like(clean, other), clean);
        var (before, after) = (Observed.Of(task, clean), Observed.Of(task, changed));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Bytes(after.Channels!), Is.EqualTo(Bytes(before.Channels!)));
            Assert.That(after.Known is null || Bytes(after.Known).SequenceEqual(Bytes(before.Known!)), Is.True);
        }
    }

    [Test]
    public void Seeds_differ([ValueSource(nameof(s_all))] string task)
    {
        if (task is "half" or "expand")
        {
            Assert.Ignore("there is nothing random about it");
        }

        var clean = torch.zeros(64, 1, 28, 28);
        var (these, others) = (Observed.Of(task, clean).Channels!, Observed.Of(task, clean, first: 1000).Channels!);
        Assert.That((these - others).abs().amax([1, 2, 3]).gt(0).to(torch.float32).mean().ToDouble(), Is.GreaterThan(0.6));
    }

    [TestCaseSource(nameof(s_all))]
    public void Images_that_are_too_small_have_no_such_task(string task)
    {
        Assert.That(
            () => Observed.Task(task).ConditionChannels(new(784, 1, 1)),
            Throws.TypeOf<NotApplicableException>().With.Message.Contains("784x1x1"));
        Assert.That(() => Observed.Of(task, torch.zeros(2, 1, 28, 13)), Throws.TypeOf<NotApplicableException>().With.Message.Contains("14x14"));
    }

    [TestCaseSource(nameof(s_all))]
    public void Restored_images_have_metrics_of_both_kinds(string task)
    {
        var made = Observed.Task(task);
        Assert.That(made.Metrics, Is.EqualTo(MetricKinds.Distribution | MetricKinds.Paired));
        Assert.That(made.Reference, Is.EqualTo(Split.Test));
        Assert.That(made.UsesLabels, Is.False);
    }

    private static byte[] Bytes(torch.Tensor tensor) => tensor.contiguous().bytes.ToArray();
}
