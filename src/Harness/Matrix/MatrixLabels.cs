using System.Collections.Immutable;
using System.Globalization;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Matrix;

/// <summary>What the labels of a matrix stand for, so that reports can ask for a plugin and its options where the matrix gave it a name of its own.</summary>
internal static class MatrixLabels
{
    private const string Id = "id";

    /// <summary>Axis, label, then <c>id</c> and options.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> Of(MatrixFile matrix)
    {
        var samplers = matrix.Samplers.Concat(matrix.Methods.SelectMany(m => m.Samplers ?? []));
        return new SortedDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>(StringComparer.Ordinal)
        {
            ["dataset"] = Labels(matrix.Datasets.Select(d => (d.Choice.Label, Words(d.Choice)))),
            ["task"] = Labels(matrix.Tasks.Select(t => (t.Label, Words(t)))),
            ["method"] = Labels(matrix.Methods.Select(m => (m.Choice.Label, WithSource(Words(m.Choice), m.Source)))),
            ["correction"] = Labels(matrix.Corrections.OfType<CorrectionEntry>().SelectMany(c => c.Checkpoints.Select(f => (CellAxes.Correction(c, f), WithCheckpoint(WithSource(Words(c.Choice), c.Source), c, f))))),
            ["sampler"] = Labels(samplers.Select(s => (s.Choice.Label, Words(s.Choice)))),
            ["analysis"] = Labels(matrix.Analyses.Select(a => (a.Choice.Label, Words(a.Choice)))),
        };
    }

    private static SortedDictionary<string, IReadOnlyDictionary<string, string>> Labels(
        IEnumerable<(string Label, ImmutableSortedDictionary<string, string> Words)> entries)
    {
        var labels = new SortedDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (label, words) in entries)
        {
            labels.TryAdd(label, words);
        }

        return labels;
    }

    private static ImmutableSortedDictionary<string, string> Words(Choice choice) =>
        choice.Options.ToImmutableSortedDictionary(StringComparer.Ordinal).SetItem(Id, choice.Id);

    /// <summary>Where a correction has several checkpoints, queries can tell them apart.</summary>
    private static ImmutableSortedDictionary<string, string> WithCheckpoint(ImmutableSortedDictionary<string, string> words, CorrectionEntry entry, double checkpoint) =>
        entry.Checkpoints.Count > 1 ? words.SetItem("checkpoint", checkpoint.ToString(CultureInfo.InvariantCulture)) : words;

    private static ImmutableSortedDictionary<string, string> WithSource(ImmutableSortedDictionary<string, string> words, MethodEntry? source) =>
        source is null ? words : words.SetItem("source", source.Choice.Id);
}
