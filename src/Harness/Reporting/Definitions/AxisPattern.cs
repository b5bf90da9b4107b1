namespace Dfx.Harness.Reporting.Definitions;

/// <summary>What a coordinate must be.</summary>
/// <param name="Any">Patterns of its label, or of the id of what that stands for, any of which will do; null if that does not matter.</param>
/// <param name="Options">Patterns of the id and of options, by name; all of them must fit.</param>
internal sealed record AxisPattern(IReadOnlyList<string>? Any, IReadOnlyDictionary<string, IReadOnlyList<string>> Options)
{
    internal const string Id = "id";

    internal bool Matches(Labels labels, string axis, string label) =>
        (Any is null || Fits(Any, label) || (labels.Find(axis, label, Id) is { } id && Fits(Any, id)))
        && Options.All(option => labels.Find(axis, label, option.Key) is { } value && Fits(option.Value, value));

    /// <summary>This pattern, with what a more special one says instead: word for word, or option by option, unless it names another id, which has other options.</summary>
    internal AxisPattern With(AxisPattern other)
    {
        if (other.Any is not null || (other.Options.TryGetValue(Id, out var theirs) && Options.TryGetValue(Id, out var ours) && !theirs.SequenceEqual(ours)))
        {
            return other;
        }

        var options = new SortedDictionary<string, IReadOnlyList<string>>(Options.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, patterns) in other.Options)
        {
            options[name] = patterns;
        }

        return new(Any, options);
    }

    /// <summary>Whether any pattern fits; those that begin with <c>!</c> must all fit.</summary>
    private static bool Fits(IReadOnlyList<string> patterns, string text)
    {
        var (refusing, wanted) = (patterns.Where(p => p.StartsWith('!')), patterns.Where(p => !p.StartsWith('!')).ToList());
        return refusing.All(p => Glob.Matches(p, text)) && (wanted.Count == 0 || wanted.Exists(p => Glob.Matches(p, text)));
    }
}
