using Dfx.Sdk;

namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>Measurements that may stand in one figure: one dataset, task, metric, protocol and setting.</summary>
/// <param name="Apart">What tells it from other groups of its dataset, task and metric; null if there are none.</param>
/// <param name="Measurements">At least one.</param>
/// <param name="Looks">How methods and samplers look.</param>
internal sealed record MetricGroup(string? Apart, IReadOnlyList<Measurement> Measurements, Looks Looks)
{
    /// <summary>More lines a panel, and more panels, than this nobody reads.</summary>
    private const int Most = 24;

    private Measurement First => Measurements[0];

    /// <summary>What is not shown, in words; empty if everything is.</summary>
    internal string LeftOut { get; private init; } = "";

    internal string Metric => First.Metric;

    /// <summary>The name of its figure of a kind.</summary>
    internal string Name(string kind) => FileNames.Of(kind, [First.Metric, First.Dataset, First.Task], Apart);

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
                ? $"{seeds}; {First.Setting}{LeftOut}"
                : $"Mean of {seeds}, with the lowest and the highest; {First.Setting}{LeftOut}";
        }
    }

    /// <summary>The fully trained models and corrections alone: the last checkpoint of each.</summary>
    internal IReadOnlyList<Measurement> Final => [.. FinalModels.Where(m => m.CorrectionCheckpoint >= 1)];

    /// <summary>The fully trained models alone, with corrections at any checkpoint.</summary>
    internal IReadOnlyList<Measurement> FinalModels
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
            .Select(group => new MetricGroup(named.DistinctBy(m => (m.Protocol, m.Setting)).Skip(1).Any() ? $"{group.Key.Protocol} {group.Key.Setting}" : null, [.. group], looks).Readable()));

    /// <summary>The best methods and samplers alone, where there are too many to read.</summary>
    private MetricGroup Readable()
    {
        var (methods, samplers) = (Best(Whole), Best(m => m.Sampler));
        var kept = Measurements.Where(m => methods.Shown.Contains(Whole(m)) && samplers.Shown.Contains(m.Sampler)).ToList();
        return this with { Measurements = kept, LeftOut = Words(methods, "methods") + Words(samplers, "samplers") };
    }

    /// <summary>A method with its correction, whose checkpoints stand and fall together.</summary>
    private static string Whole(Measurement m) => (m with { Correction = m.CorrectionName, CorrectionCheckpoint = 1 }).Label;

    private (HashSet<string> Shown, int All) Best(Func<Measurement, string> name)
    {
        var sign = First.Better == Direction.Higher ? -1 : 1;
        var names = Measurements.GroupBy(name, StringComparer.Ordinal)
            .OrderBy(group => group.Min(m => sign * m.Mean)).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key).ToList();
        return ([.. names.Take(Most)], names.Count);
    }

    private static string Words((HashSet<string> Shown, int All) names, string noun) =>
        names.Shown.Count < names.All ? FormattableString.Invariant($"; the best {names.Shown.Count} of {names.All} {noun}") : "";
}
