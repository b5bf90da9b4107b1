using System.Text.Json.Serialization;
using Dfx.Sdk;

namespace Dfx.Harness.Store;

/// <summary>A metric's value with the fingerprint of its protocol.</summary>
internal sealed record MeasuredValue(
    [property: JsonRequired] string Name,
    [property: JsonRequired] double Value,
    double? Spread,
    [property: JsonRequired] Direction Better,
    [property: JsonRequired] string Protocol,
    [property: JsonRequired] IReadOnlyDictionary<string, string> Details)
{
    /// <summary>Which metric gave it, as <see cref="Planning.Parts.Metric"/> has it; null in records of earlier hosts.</summary>
    public string? By { get; init; }

    /// <summary>The ends of a 95 % interval, if the metric has one.</summary>
    public double? Low { get; init; }

    public double? High { get; init; }
}
