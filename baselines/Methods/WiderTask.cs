namespace Dfx.Baselines;

/// <summary>A task whose networks take further channels beside the condition: what a method tells its network.</summary>
/// <param name="task">The run's task.</param>
/// <param name="extra">How many further channels.</param>
internal sealed class WiderTask(ITask task, int extra) : ITask
{
    public MetricKinds Metrics => task.Metrics;

    public Split Reference => task.Reference;

    public bool UsesLabels => task.UsesLabels;

    public int ConditionChannels(DataShape shape) => task.ConditionChannels(shape) + extra;

    public Condition? Observe(TaskImages images) => task.Observe(images);

    /// <summary>A context whose networks take the further channels.</summary>
    internal static ModelContext Widen(ModelContext context, int extra) => context with { Task = new WiderTask(context.Task, extra) };

    /// <summary>The condition with the channels behind its own.</summary>
    /// <param name="condition">What the task observes, or null.</param>
    /// <param name="channels">The further channels [N, K, H, W].</param>
    internal static Condition Extended(Condition? condition, torch.Tensor channels) => (condition ?? new()) with
    {
        Channels = condition?.Channels is { } own ? torch.cat([own.to(channels.dtype), channels], 1) : channels,
    };
}
