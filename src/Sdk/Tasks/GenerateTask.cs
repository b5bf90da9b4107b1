namespace Dfx.Sdk;

/// <summary>Plain generation: nothing is observed.</summary>
[Task("generate", "Generation")]
public sealed class GenerateTask : ITask
{
    /// <summary>Distributions are compared.</summary>
    public MetricKinds Metrics => MetricKinds.Distribution;

    /// <summary>None.</summary>
    public int ConditionChannels(DataShape shape) => 0;

    /// <summary>Nothing.</summary>
    public Condition? Observe(TaskImages images) => null;
}
