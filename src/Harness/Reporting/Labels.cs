namespace Dfx.Harness.Reporting;

/// <summary>What the labels of an axis stand for.</summary>
/// <param name="choices">Axis, label, then <c>id</c> and options in canonical form.</param>
internal sealed class Labels(IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> choices)
{
    internal static Labels None { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>());

    /// <summary>The id and options of what a label stands for; none if nothing is known.</summary>
    internal IReadOnlyDictionary<string, string> Words(string axis, string label) =>
        choices.TryGetValue(axis, out var labels) && labels.TryGetValue(label, out var words) ? words : new Dictionary<string, string>();

    /// <summary>The id or an option of what a label stands for; null if nothing is known.</summary>
    internal string? Find(string axis, string label, string name) =>
        Words(axis, label).TryGetValue(name, out var value) ? value : null;
}
