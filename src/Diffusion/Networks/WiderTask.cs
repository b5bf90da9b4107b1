namespace Dfx.Diffusion;

/// <summary>A task whose networks take further channels beside the condition: what a method tells its network.</summary>
/// <param name="task">The run's task.</param>
/// <param name="extra">How many further channels, at least 0.</param>
public sealed class WiderTask(ITask task, int extra) : ITask
{
    /// <inheritdoc/>
    public MetricKinds Metrics => task.Metrics;

    /// <inheritdoc/>
    public Split Reference => task.Reference;

    /// <inheritdoc/>
    public bool UsesLabels => task.UsesLabels;

    /// <inheritdoc/>
    public int ConditionChannels(DataShape shape) => task.ConditionChannels(shape) + extra;

    /// <inheritdoc/>
    public Condition? Observe(TaskImages images) => task.Observe(images);

    /// <summary>A context whose networks take the further channels.</summary>
    /// <param name="context">The run's context.</param>
    /// <param name="extra">How many further channels, at least 0.</param>
    public static ModelContext Widen(ModelContext context, int extra)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context with { Task = new WiderTask(context.Task, extra) };
    }

    /// <summary>The condition with the channels behind its own.</summary>
    /// <param name="condition">What the task observes, or null.</param>
    /// <param name="channels">The further channels [N, K, H, W].</param>
    public static Condition Extended(Condition? condition, torch.Tensor channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        return (condition ?? new()) with
        {
            Channels = condition?.Channels is { } own ? torch.cat([own.to(channels.dtype), channels], 1) : channels,
        };
    }
}
