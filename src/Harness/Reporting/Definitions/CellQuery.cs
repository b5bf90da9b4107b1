namespace Dfx.Harness.Reporting.Definitions;

/// <summary>Which configurations are meant: a pattern for each coordinate that matters.</summary>
internal sealed record CellQuery(IReadOnlyDictionary<string, AxisPattern> Patterns)
{
    internal static CellQuery All { get; } = new(new Dictionary<string, AxisPattern>());

    internal bool Mentions(string axis) => Patterns.ContainsKey(axis);

    /// <summary>Whether a configuration, given by its coordinates, is meant. For many of them: a label is compared once, however many have it.</summary>
    internal Func<Func<string, string>, bool> Matcher(Labels labels)
    {
        var patterns = Patterns.Select(p => (Axis: p.Key, Pattern: p.Value, Known: new Dictionary<string, bool>(StringComparer.Ordinal))).ToArray();
        return axis => Array.TrueForAll(patterns, p =>
        {
            var label = axis(p.Axis);
            return p.Known.TryGetValue(label, out var fits) ? fits : p.Known[label] = p.Pattern.Matches(labels, p.Axis, label);
        });
    }

    /// <summary>Both conditions; where they speak of the same coordinate, the other one has the last word.</summary>
    internal CellQuery With(CellQuery other)
    {
        var patterns = new SortedDictionary<string, AxisPattern>(Patterns.ToDictionary(), StringComparer.Ordinal);
        foreach (var (axis, pattern) in other.Patterns)
        {
            patterns[axis] = patterns.TryGetValue(axis, out var known) ? known.With(pattern) : pattern;
        }

        return new(patterns);
    }
}
