namespace Dfx.Diffusion.Tests.Training;

/// <summary>Batches that are gathered on the device, here the CPU, are those that the reader gives.</summary>
[TestFixture]
internal sealed class DevicePixelsTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(true, 0)]
    [TestCase(false, 0)]
    [TestCase(false, 0.3)]
    public void Batches_have_the_bits_of_the_reader(bool flip, double augment)
    {
        var data = new ByteData();
        using var read = new TrainingBatches(Context(data, flip, augment), 0, null);
        using var gathered = new TrainingBatches(Context(data, flip, augment), long.MaxValue, null);
        Assert.That((read.OnDevice, gathered.OnDevice), Is.EqualTo((false, true)));
        for (var step = 0; step < 20; step++)
        {
            using var expected = read.Of(step);
            using var actual = gathered.Of(step);
            Assert.That(actual.Clean.eq(expected.Clean).all().ToBoolean(), Is.True, $"step {step}");
            Assert.That(actual.Others([49, 3, 3], "others").eq(expected.Others([49, 3, 3], "others")).all().ToBoolean(), Is.True);
        }
    }

    [Test]
    public void Each_of_the_256_values_is_the_rule_of_the_contract()
    {
        using var pixels = DevicePixels.Of(Context(new ByteData(300)), long.MaxValue)!;
        using var images = pixels.Read([.. Enumerable.Range(0, 300)]);
        var expected = new SortedSet<float>(Enumerable.Range(0, 256).Select(v => (float)((v / 127.5) - 1)));
        Assert.That(new SortedSet<float>(images.data<float>().ToArray()), Is.EqualTo(expected));
        Assert.That(images[31, 1, 2, 3].item<float>(), Is.EqualTo((float)((((7 * 31) + (5 * (32 + 8 + 3))) % 256 / 127.5) - 1)));
    }

    [Test]
    public void The_reader_is_not_asked_again()
    {
        var data = new ByteData();
        using var batches = new TrainingBatches(Context(data), long.MaxValue, null);
        Assert.That(data.ReadCount, Is.EqualTo(50));
        using var batch = batches.Of(0);
        _ = batch.Clean;
        Assert.That(data.ReadCount, Is.EqualTo(50));
    }

    // 50 images of 96 bytes, and 8 steps of 7 images.
    [TestCase(50 * 96, 8, true)]
    [TestCase((50 * 96) - 1, 8, false)]
    [TestCase(50 * 96, 7, false)]
    public void They_fit_and_the_run_goes_through_them(long room, int steps, bool there)
    {
        var context = Context(new ByteData());
        using var pixels = DevicePixels.Of(context with { Settings = context.Settings with { Steps = steps } }, room);
        Assert.That(pixels is not null, Is.EqualTo(there));
    }

    [Test]
    public void Data_that_are_no_bytes_are_read()
    {
        Assert.That(DevicePixels.Of(Context(new ByteData { IsImages = false }), long.MaxValue), Is.Null, "any real numbers");
        Assert.That(DevicePixels.Of(Context(new ByteData { Blemish = 1e-7f }), long.MaxValue), Is.Null, "one value of the last image lies beside a byte's");
        Assert.That(DevicePixels.Of(Context(new ByteData { Blemish = float.NaN }), long.MaxValue), Is.Null);
        Assert.That(DevicePixels.Of(Context(new TestData()), long.MaxValue), Is.Null);
    }

    [TestCase(-1)]
    [TestCase(50)]
    public void An_index_out_of_range_is_refused(int index)
    {
        using var pixels = DevicePixels.Of(Context(new ByteData()), long.MaxValue)!;
        Assert.That(() => pixels.Read([0, index]), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("has 50 images"));
    }

    [Test]
    public void The_processor_reads_them_where_they_are()
    {
        Assert.That(DevicePixels.Room(torch.CPU), Is.Zero);
        using var batches = new TrainingBatches(Context(new ByteData()));
        Assert.That((batches.OnDevice, batches.Ahead), Is.EqualTo((false, (object?)null)));
    }

    private static TrainingContext Context(IDataSource data, bool flip = false, double augment = 0)
    {
        var context = Runs.Context(new TestHost());
        return context with
        {
            Model = context.Model with { Data = data, Augmented = augment > 0 },
            Settings = context.Settings with { Flip = flip, Augment = augment, Steps = 50 },
        };
    }
}
