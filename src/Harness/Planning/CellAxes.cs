using System.Collections.Immutable;
using System.Globalization;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Planning;

/// <summary>The coordinates of a cell: the columns by which tables sort and group.</summary>
internal static class CellAxes
{
    /// <summary>The axes whose values a leaderboard averages over.</summary>
    internal const string Seed = "seed";

    /// <summary>The safety limit of samplers that choose their evaluations themselves; tables call their budget free.</summary>
    internal const int Unlimited = 100_000;

    private const string Free = "free";
    private const string Ema = "ema";
    private const string MethodsChoice = "default";

    private static readonly ImmutableArray<string> Coordinates =
        ["dataset", "task", "method", "correction", "sampler", "nfe", "checkpoint", Ema, Seed];

    private static readonly TextNames s_names = new(
        ["dataset", "task", "method", "correction", "sampler", "nfe", "checkpoint", "steps", "evaluations", Ema, "batch", Seed, "samples", "precision", "device", "threads", "network"]);

    /// <summary>The coordinates of a cell.</summary>
    /// <param name="draft">The cell.</param>
    /// <param name="sampling">What it samples.</param>
    /// <param name="texts">Those of the cells before it.</param>
    internal static IReadOnlyDictionary<string, string> Of(CellDraft draft, SamplingSpec sampling, TextPool texts)
    {
        var training = draft.Train.Model.Training;
        string[] values =
        [
            draft.Ground.Entry.Choice.Label,
            draft.Ground.Task.Label,
            draft.Method.Choice.Label,
            draft.Entry is null ? "none" : Correction(draft.Entry, draft.CorrectionCheckpoint),
            draft.Sampler.Choice.Label,
            draft.Nfe == Unlimited ? Free : Text(draft.Nfe),
            Text(draft.Checkpoint),
            Text(training.StepOf(draft.Checkpoint)),
            training.Evaluations is null ? "" : Text(training.DueAt(draft.Checkpoint)),
            Average(training, draft.Average),
            Text(training.Batch),
            Text(draft.Ground.Seed),
            Text(sampling.Samples),
            draft.Train.Model.Precision.ToString().ToLowerInvariant(),
            draft.Train.Device.Type,
            Text(draft.Train.Device.Threads),
            $"{draft.Train.Model.Network.Family}-{Text(draft.Train.Model.Network.Channels)}",
        ];
        return new NamedTexts(s_names, [.. values.Select(texts.Of)]);
    }

    /// <summary>What an analysis was made of, named as the coordinates of cells are.</summary>
    internal static IReadOnlyDictionary<string, string> OfAnalysis(Ground ground, Matrix.AnalysisEntry entry) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dataset"] = ground.Entry.Choice.Label,
        ["task"] = ground.Task.Label,
        ["analysis"] = entry.Choice.Label,
        ["method"] = entry.Method?.Choice.Label ?? "data",
        [Seed] = Text(ground.Seed),
    };

    internal static string Identity(JobKind kind, IReadOnlyDictionary<string, string> axes) =>
        $"{Records.Kind(kind)} | " + string.Join(" | ", Coordinates
            .Where(name => name != Ema || axes[Ema] != MethodsChoice)
            .Select(name => name is "nfe" or "checkpoint" or Ema or Seed ? $"{name} {axes[name]}" : axes[name]));

    private static string Average(TrainingSettings training, int average) => training switch
    {
        { Ema.IsEmpty: false } => Text(training.Ema[average]),
        { EmaHalfLife.IsEmpty: false } => $"half-life {Text(training.EmaHalfLife[average])}",
        _ => MethodsChoice,
    };

    /// <summary>The label of a correction: with its checkpoint, if that is not the end of its training, and its source, if that is another model than its target.</summary>
    internal static string Correction(Matrix.CorrectionEntry entry, double checkpoint)
    {
        var label = checkpoint < 1 ? $"{entry.Choice.Label} at {Text(checkpoint)}" : entry.Choice.Label;
        return entry.Source is { } source ? $"{label} from {source.Choice.Label}" : label;
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
