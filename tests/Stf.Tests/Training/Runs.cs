namespace Dfx.Stf.Tests.Training;

/// <summary>Short training runs.</summary>
internal static class Runs
{
    internal static TrainingContext Context(IDataSource data, int steps = 4, int batch = 4, bool flip = false, ITask? task = null) => new()
    {
        Model = new()
        {
            Data = data,
            Task = task ?? new GenerateTask(),
            Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 },
            Device = torch.CPU,
            Seed = 1,
        },
        Settings = new() { Steps = steps, Batch = batch, LearningRate = 1e-2, Ema = [0.95], Flip = flip },
        Host = new SilentHost(),
    };

    /// <summary>Calls a function with the batch of every step of a run.</summary>
    internal static void EachBatch(TrainingContext context, Action<TrainingBatch> look)
    {
        using var network = UNets.For(context.Model);
        var process = new EdmProcess();
        using var model = TrainingLoop.Run(
            context,
            network,
            batch =>
            {
                _ = batch.Clean; // Read first, so that what a look reads comes last.
                look(batch);
                return ScoreMatching.Loss(process, network, batch);
            },
            weights => PreconditionedDenoiser.Load(weights, context.Model, process));
    }

    internal static string Bits(ITrainedModel model) => string.Join(
        '\n', model.ToCheckpoint().Tensors.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Key + Convert.ToHexString(t.Value.bytes)));
}
