namespace Dfx.Sdk;

/// <summary>Generation by class: the network is told a label, and samples have the training set's distribution of labels.</summary>
[Task("generate-by-class", "Generation by class")]
public sealed class GenerateByClassTask : ITask
{
    /// <summary>Distributions are compared.</summary>
    public MetricKinds Metrics => MetricKinds.Distribution;

    /// <summary>Networks are told the class.</summary>
    public bool UsesLabels => true;

    /// <summary>None.</summary>
    public int ConditionChannels(DataShape shape) => 0;

    /// <summary>The labels.</summary>
    public Condition? Observe(TaskImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new() { Labels = images.Labels };
    }
}
