namespace Dfx.SoftDiffusion.Tests.Training;

/// <summary>Short training runs.</summary>
internal static class Runs
{
    internal static TrainingContext Context(IDataSource data, int steps = 4, int batch = 4, ITask? task = null) => new()
    {
        Model = new()
        {
            Data = data,
            Task = task ?? new GenerateTask(),
            Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 },
            Device = torch.CPU,
            Seed = 1,
        },
        Settings = new() { Steps = steps, Batch = batch, LearningRate = 1e-2, Ema = [0.9] },
        Host = new SilentHost(),
    };

    /// <summary>Every tensor of a model's checkpoint, as numbers.</summary>
    internal static SortedDictionary<string, double[]> Bits(ITrainedModel model) =>
        new(model.ToCheckpoint().Tensors.ToDictionary(t => t.Key, t => t.Value.@double().flatten().data<double>().ToArray()), StringComparer.Ordinal);
}
