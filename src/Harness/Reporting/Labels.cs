namespace Dfx.Harness.Reporting;

/// <summary>What the labels of an axis stand for.</summary>
/// <param name="choices">Axis, label, then <c>id</c> and options in canonical form.</param>
internal sealed class Labels(IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> choices)
{
    internal static Labels None { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>());

    /// <summary>The id or an option of what a label stands for; null if nothing is known.</summary>
    internal string? Find(string axis, string label, string name) =>
        choices.TryGetValue(axis, out var labels) && labels.TryGetValue(label, out var words) && words.TryGetValue(name, out var value) ? value : null;
}
