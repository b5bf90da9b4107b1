namespace Dfx.Sdk;

/// <summary>The card of an <see cref="IMetric"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MetricAttribute(string id, string title) : CardAttribute(id, title)
{
    /// <summary>Whether it compares distributions or pairs of images; a task says which of the two apply.</summary>
    public MetricKinds Kind { get; init; } = MetricKinds.Distribution;
}
