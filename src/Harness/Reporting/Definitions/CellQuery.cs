namespace Dfx.Harness.Reporting.Definitions;

/// <summary>Which configurations are meant: a pattern for each coordinate that matters.</summary>
internal sealed record CellQuery(IReadOnlyDictionary<string, AxisPattern> Patterns)
{
    internal static CellQuery All { get; } = new(new Dictionary<string, AxisPattern>());

    internal bool Mentions(string axis) => Patterns.ContainsKey(axis);

    /// <summary>Whether a configuration, given by its coordinates, is meant. For many of them, on one thread: a label is compared once, however many have it.</summary>
    internal Func<Func<string, string>, bool> Matcher(Labels labels)
    {
        var patterns = Patterns.Select(p => new AxisMatcher(labels, p.Key, p.Value)).ToArray();
        return axis => Array.TrueForAll(patterns, pattern => pattern.Matches(axis(pattern.Axis)));
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

    /// <summary>A pattern with the labels that it was compared with. Those that follow one another are mostly one and the same.</summary>
    private sealed class AxisMatcher(Labels labels, string axis, AxisPattern pattern)
    {
        private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
        private (string? Label, bool Fits) _latest;

        internal string Axis => axis;

        internal bool Matches(string label)
        {
            if (!ReferenceEquals(label, _latest.Label))
            {
                _latest = (label, _known.TryGetValue(label, out var fits) ? fits : _known[label] = pattern.Matches(labels, axis, label));
            }

            return _latest.Fits;
        }
    }
}
