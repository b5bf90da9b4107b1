namespace Dfx.Harness.Reporting.Definitions;

/// <summary>What of a cell a table may show besides metrics.</summary>
internal static class MeasuredKinds
{
    /// <summary>What every measured cell has.</summary>
    internal const string NfeUsed = "nfe-used";

    private static readonly Dictionary<string, Func<CellRow, double?>> s_kinds = new(StringComparer.Ordinal)
    {
        [NfeUsed] = cell => cell.Outcome!.NfeUsed,
        ["nfe-offset"] = cell => cell.Outcome!.NfeUsed - Numbers.Of(cell.Axis("nfe")),
        ["nfe-correction"] = cell => cell.Outcome!.NfeCorrection,
        ["nfe-auxiliary"] = cell => cell.Outcome!.NfeAuxiliary,
        ["nfe-equivalent"] = cell => cell.Outcome!.NfeEquivalent,
        ["multiply-adds"] = cell => cell.Outcome!.MultiplyAdds,
        ["training-evaluations"] = cell => cell.Outcome!.TrainingEvaluations,
        ["training-multiply-adds"] = cell => cell.Outcome!.TrainingMultiplyAdds,
        ["beyond-steps"] = cell => cell.Outcome!.BeyondSteps,
        ["parameters"] = cell => cell.Outcome!.Parameters,
        ["time-train"] = cell => cell.Timing?.TrainSeconds,
        ["time-correct"] = cell => cell.Timing?.CorrectSeconds,
        ["time-per-image"] = cell => cell.Timing?.SecondsPerImage,
        ["time-latency"] = cell => cell.Timing?.LatencySeconds,
    };

    internal static IEnumerable<string> Names => s_kinds.Keys;

    /// <summary>The mean over a configuration's seeds; null if it was not measured.</summary>
    internal static double? Of(string kind, LeaderboardRow row) => row.Mean(s_kinds[kind]);
}
