namespace Dfx.Baselines.Tests.Methods;

/// <summary>Training on Gaussian data of one pixel, whose best denoiser is known.</summary>
internal static class Pixels
{
    internal static readonly double[] States = [-0.5, 0.3, 1.1];

    internal static TrainingContext Context(int steps = 200, double rate = 1e-2, ITrainedModel? source = null, double ema = 0.95) => new()
    {
        Model = new()
        {
            Data = new PixelData(),
            Task = new GenerateTask(),
            // The least of all families, as there is one pixel.
            Network = new() { Family = "light", Channels = 16, Multipliers = [1], Blocks = 1 },
            Device = torch.CPU,
            Seed = 1,
            Source = source,
        },
        Settings = new() { Steps = steps, Batch = 256, LearningRate = rate, Ema = [ema] },
        Host = new SilentHost(),
    };

    /// <summary>The states as images.</summary>
    internal static torch.Tensor Images() => torch.tensor(States).view(3, 1, 1, 1);

    internal static torch.Tensor Fill(double sigma) => torch.full([3], sigma, torch.ScalarType.Float64);

    /// <summary>Refuses a model whose reloaded copy differs.</summary>
    internal static void AssertLoads<TModel>(IMethod<TModel> method, TModel model, ModelContext context)
        where TModel : IDenoiser
    {
        using var loaded = method.Load(model.ToCheckpoint(), context);
        Assert.That(loaded.Denoise(Images(), Fill(0.5)).MaxError(model.Denoise(Images(), Fill(0.5))), Is.Zero);
        Assert.That(loaded.Networks, Is.EqualTo(model.Networks));
    }
}
