using System.Collections.Immutable;
using System.Globalization;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Matrix;

/// <summary>What the labels of a matrix stand for, so that reports can ask for a plugin and its options where the matrix gave it a name of its own.</summary>
internal static class MatrixLabels
{
    private const string Id = "id";
    private const string Source = "source";

    /// <summary>The source of a correction that learns from the method that it is applied to.</summary>
    private const string Self = "self";

    /// <summary>Axis, label, then <c>id</c> and options.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> Of(MatrixFile matrix)
    {
        var samplers = matrix.Samplers.Concat(matrix.Methods.SelectMany(m => m.Samplers ?? []));
        return new SortedDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>(StringComparer.Ordinal)
        {
            ["dataset"] = Labels(matrix.Datasets.Select(d => (d.Choice.Label, Words(d.Choice)))),
            ["task"] = Labels(matrix.Tasks.Select(t => (t.Label, Words(t)))),
            ["method"] = Labels(matrix.Methods.Select(m => (m.Choice.Label, WithSource(Words(m.Choice), m.Source)))),
            ["correction"] = Labels(matrix.Corrections.OfType<CorrectionEntry>().SelectMany(c => c.Checkpoints.Select(f => (CellAxes.Correction(c, f), Correction(c, f))))),
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

    /// <summary>Queries tell trained corrections apart by their source, which may be each cell's own method, by their teacher and by their checkpoint too.</summary>
    private static ImmutableSortedDictionary<string, string> Correction(CorrectionEntry entry, double checkpoint) =>
        entry.Choice.Type.Traits.HasFlag(PluginTraits.Untrained)
            ? Words(entry.Choice)
            : With(WithSource(Words(entry.Choice).SetItem(Source, Self), entry.Source), "teacher", entry.Teacher?.Choice).SetItem("checkpoint", checkpoint.ToString(CultureInfo.InvariantCulture));

    private static ImmutableSortedDictionary<string, string> WithSource(ImmutableSortedDictionary<string, string> words, MethodEntry? source) => With(words, Source, source?.Choice);

    /// <summary>With another choice's id under a name, and its options under <c>name.option</c>.</summary>
    private static ImmutableSortedDictionary<string, string> With(ImmutableSortedDictionary<string, string> words, string name, Choice? other) =>
        other is null ? words : words.SetItem(name, other.Id).SetItems(other.Options.Select(option => KeyValuePair.Create($"{name}.{option.Key}", option.Value)));
}
