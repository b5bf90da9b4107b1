namespace Dfx.Compensation.Tests.Edm;

/// <summary>Short runs on images of 16 by 16 pixels, every part of which says which image it is.</summary>
internal static class EdmProblem
{
    internal const int Batch = 4;

    internal static EdmRollout Rollout { get; } = new(100, 1, CsTerm.Learned, null, 1, 1, CsTarget.Noise, CsFrame.Vp);

    internal static TrainingContext Context(int steps = 6, ITask? task = null, ITrainingHost? host = null, IDataSource? data = null) => new()
    {
        Model = new()
        {
            Data = data ?? new PatternData(),
            Task = task ?? new GenerateTask(),
            Network = new() { Channels = 4, Multipliers = [1], Blocks = 1 },
            Device = torch.CPU,
            Seed = 5,
        },
        Settings = new() { Steps = steps, Batch = Batch, LearningRate = 5e-3, Ema = [0.9], Checkpoints = [0.5, 1] },
        Host = host ?? new SilentHost(),
    };

    /// <summary>A run whose networks see the coordinates.</summary>
    internal static TrainingContext Wider(TrainingContext context) =>
        context with { Model = WiderTask.Widen(context.Model, Patches.CoordinateChannels) };

    /// <summary>Tensors by name as they are now, whatever scope ends.</summary>
    internal static Dictionary<string, torch.Tensor> Copy(IReadOnlyDictionary<string, torch.Tensor> tensors) =>
        tensors.ToDictionary(t => t.Key, t => t.Value.detach().clone().DetachFromDisposeScope());

    internal static bool Same(torch.Tensor a, torch.Tensor b) => a.shape.SequenceEqual(b.shape) && a.eq(b).all().ToBoolean();
}

/// <summary>Images without a pattern that comes twice.</summary>
internal sealed class PatternData : IDataSource
{
    internal const int Side = 16;
    internal const int Images = 40;

    public DataShape Shape => new(1, Side, Side);

    public IReadOnlyList<string> Classes => [];

    public bool IsImages => false;

    public int Count(Split split) => Images;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices) =>
        torch.stack([.. indices.ToArray().Select(i => Problem.Uniform($"pattern {i}", 1, Side, Side))]);

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("No labels.");

    public void Dispose()
    {
    }
}

/// <summary>Observes the images themselves, plus 1.</summary>
internal sealed class SeeingTask : ITask
{
    public MetricKinds Metrics => MetricKinds.Distribution;

    public int ConditionChannels(DataShape shape) => shape.Channels;

    public Condition? Observe(TaskImages images) => new() { Channels = images.Clean + 1 };
}
