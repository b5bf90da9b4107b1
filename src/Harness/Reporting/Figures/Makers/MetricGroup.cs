using Dfx.Sdk;

namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>Measurements that may stand in one figure: one dataset, task, metric, protocol and setting.</summary>
/// <param name="Suffix">The end of its figures' names, unique among the groups.</param>
/// <param name="Measurements">At least one.</param>
/// <param name="Looks">How methods and samplers look.</param>
internal sealed record MetricGroup(string Suffix, IReadOnlyList<Measurement> Measurements, Looks Looks)
{
    private Measurement First => Measurements[0];

    internal string Metric => First.Metric;

    internal string AxisTitle => $"{First.Metric} ({(First.Better == Direction.Higher ? "higher" : "lower")} is better)";

    internal string Place => First.Task == "generate" ? First.Dataset : $"{First.Dataset}, {First.Task}";

    /// <summary>What stands behind the numbers.</summary>
    internal string Behind
    {
        get
        {
            var (least, most) = (Measurements.Min(m => m.Values.Count), Measurements.Max(m => m.Values.Count));
            var seeds = least == most ? FigureText.Count(most, "seed") : FormattableString.Invariant($"{least} to {most} seeds");
            return most == 1
                ? $"{seeds}; {First.Setting}"
                : $"Mean of {seeds}, with the lowest and the highest; {First.Setting}";
        }
    }

    /// <summary>The fully trained models alone: each method's last checkpoint.</summary>
    internal IReadOnlyList<Measurement> Final
    {
        get
        {
            var last = Measurements.GroupBy(m => m.Method, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(m => m.Checkpoint), StringComparer.Ordinal);
            return [.. Measurements.Where(m => m.Checkpoint >= last[m.Method])];
        }
    }

    /// <summary>The groups of all measurements, in the order of dataset, task and metric.</summary>
    internal static IEnumerable<MetricGroup> Of(IReadOnlyList<Measurement> all, Looks looks) => all
        .GroupBy(m => (m.Dataset, m.Task, m.Metric))
        .OrderBy(g => g.Key.Dataset, StringComparer.Ordinal).ThenBy(g => g.Key.Task, StringComparer.Ordinal).ThenBy(g => g.Key.Metric, StringComparer.Ordinal)
        .SelectMany(named => named
            .GroupBy(m => (m.Protocol, m.Setting))
            .OrderBy(g => g.Key.Protocol, StringComparer.Ordinal).ThenBy(g => g.Key.Setting, StringComparer.Ordinal)
            .Select((group, i) => new MetricGroup(
                FigureText.Slug($"{named.Key.Dataset} {named.Key.Task}{(i == 0 ? "" : FormattableString.Invariant($" {i + 1}"))}"), [.. group], looks)));
}
