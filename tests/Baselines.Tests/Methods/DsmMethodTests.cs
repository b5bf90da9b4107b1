using Dfx.Numerics.Noise;

namespace Dfx.Baselines.Tests.Methods;

[TestFixture]
internal sealed class DsmMethodTests
{
    // For Gaussian data of one pixel the best denoiser is known: D(x; 1) is a line with slope v / (v + 1) through the mean.
    [TestCase(ProcessKind.Edm)]
    [TestCase(ProcessKind.Vp)]
    public void It_learns_the_denoiser_of_gaussian_data(ProcessKind kind)
    {
        using var scope = torch.NewDisposeScope();
        var method = new DsmMethod(new(kind));
        var context = Context();
        using var model = method.Train(context);
        var x = torch.tensor(new[] { -0.5, 0.3, 1.1 }).view(3, 1, 1, 1);
        var expected = ((x * PixelData.Variance) + PixelData.Mean) / (PixelData.Variance + 1);
        Assert.That(model.Denoise(x, torch.ones([3], torch.ScalarType.Float64)).MaxError(expected), Is.LessThan(0.1));

        using var loaded = method.Load(model.ToCheckpoint(), context.Model);
        var sigma = torch.full([3], 0.5, torch.ScalarType.Float64);
        Assert.That(loaded.Denoise(x, sigma).MaxError(model.Denoise(x, sigma)), Is.Zero);
    }

    // The host brings these; a second copy beside the plugin would make types that are not the host's.
    [Test]
    public void The_plugin_brings_nothing_that_the_host_has()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var plugin = Path.Combine(here.Parent!.Parent!.FullName, "Baselines", here.Name);
        Assume.That(Directory.Exists(plugin), plugin);
        Assert.That(Directory.GetFiles(plugin, "*.dll").Concat(Directory.GetFiles(plugin, "*.so")).Select(Path.GetFileName), Is.EqualTo(new[] { "Dfx.Baselines.dll" }));
    }

    private static TrainingContext Context() => new()
    {
        Model = new()
        {
            Data = new PixelData(),
            Task = new GenerateTask(),
            Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 },
            Device = torch.CPU,
            Seed = 1,
        },
        Settings = new() { Steps = 200, Batch = 256, LearningRate = 1e-2, Ema = 0.95 },
        Host = new SilentHost(),
    };

    private sealed class PixelData : IDataSource
    {
        internal const double Mean = 0.3;
        internal const double Variance = 0.25;

        public DataShape Shape => new(1, 1, 1);

        public IReadOnlyList<string> Classes => [];

        public bool IsImages => false;

        public int Count(Split split) => 5000;

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
        {
            var values = new float[indices.Length];
            for (var i = 0; i < values.Length; i++)
            {
                NoiseSource.Normals(NoiseKey.For(1, "pixels"), (uint)indices[i], 0, values.AsSpan(i, 1));
                values[i] = (float)(Mean + (Math.Sqrt(Variance) * values[i]));
            }

            return torch.tensor(values, Shape.Batch(values.Length));
        }

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("No labels.");

        public void Dispose()
        {
        }
    }

    private sealed class SilentHost : ITrainingHost
    {
        public ITensorStore Store => throw new NotSupportedException("This host keeps nothing.");

        public bool SaveDue => false;

        public TrainingState? LastState() => null;

        public void Save(TrainingState state)
        {
        }

        public void Keep(double fraction, Checkpoint checkpoint)
        {
        }

        public void Report(long done, long total, string? note = null)
        {
        }
    }
}
