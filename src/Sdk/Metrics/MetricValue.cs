namespace Dfx.Sdk;

/// <summary>One measured number.</summary>
/// <param name="Name">Such as <c>fd-fmnist-cnn</c>; the number of samples stands in a column of its own.</param>
/// <param name="Value">Finite.</param>
/// <param name="Protocol">
/// Everything that numbers must share to be comparable: extractor and the hash of its weights, layer, resize, dtype, sample and reference
/// counts, the reference's fingerprint, subsets, seeds. Hosts hash it, and no table mixes two.
/// </param>
public sealed record MetricValue(string Name, double Value, IReadOnlyDictionary<string, string> Protocol)
{
    /// <summary>The standard deviation over the metric's own subsets or splits, if it has any.</summary>
    public double? Spread { get; init; }

    /// <summary>The lower end of a 95 % interval of the value, if the metric has one. The protocol says under <c>interval</c> which noise it covers.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end of that interval.</summary>
    public double? High { get; init; }

    /// <summary>Whether lower or higher is better.</summary>
    public Direction Better { get; init; } = Direction.Lower;
}
