namespace Dfx.Harness.Store;

/// <summary>What must hold of a record beside its JSON form: what a file lacks is null or 0 after reading, whatever the types say.</summary>
internal static class RecordCheck
{
    /// <summary>What is wrong with a record, in a few words; null if nothing is.</summary>
    internal static string? Problem(JobRecord record) => record switch
    {
        { Identity.Length: 0 } => "its identity is empty",
        _ when !Records.Kinds.Contains(record.Kind) => $"its kind is '{record.Kind}'",
        _ when !Enum.IsDefined(record.Status) => $"its status is {record.Status}",
        not { Outcome: { Metrics: not null, Unavailable: not null, FailedMetrics: not null, Files: not null }, Timing: not null } => "it lacks the outcome or a part of it",
        _ => Problem(record.Outcome) ?? Problem(record.Timing),
    };

    private static string? Problem(JobOutcome outcome)
    {
        double?[] counts =
        [
            outcome.NfeUsed, outcome.NfeAuxiliary, outcome.NfeCorrection, outcome.NfeEquivalent, outcome.MultiplyAdds, outcome.TrainingEvaluations,
            outcome.TrainingMultiplyAdds, outcome.CollectedRows, outcome.EvaluationsPerRow, outcome.CollectionMultiplyAdds, outcome.Parameters, outcome.TrainedSteps, outcome.Levels, outcome.Nfe,
        ];
        if (!Array.TrueForAll(counts, IsCount))
        {
            return "a count of evaluations or parameters is negative or not finite";
        }

        foreach (var metric in outcome.Metrics)
        {
            if (metric is not { Name.Length: > 0, Protocol: not null, Details: not null } || !Enum.IsDefined(metric.Better))
            {
                return "a metric lacks its name, direction or protocol";
            }

            if (!(double.IsFinite(metric.Value) && IsFinite(metric.Spread) && IsFinite(metric.Low) && IsFinite(metric.High)))
            {
                return $"a number of the metric '{metric.Name}' is not finite";
            }
        }

        return outcome.Files.All(IsBelow) && outcome.MissingWeights.All(id => id is not null) ? null : "it names a file that cannot be one of its own";
    }

    private static string? Problem(JobTiming timing)
    {
        double?[] seconds =
        [
            timing.Seconds, timing.SampleSeconds, timing.TrainSeconds, timing.LoadSeconds, timing.WarmUpSeconds, timing.SecondsPerImage, timing.SecondsPerImageIqr, timing.LatencySeconds,
            timing.MetricSeconds, timing.PeakBytes, timing.CollectionSeconds, timing.CollectedShare, timing.CorrectSeconds,
        ];
        return Array.TrueForAll(seconds, IsCount) && (timing.Checkpoints ?? []).All(s => IsCount(s)) ? null : "a time is negative or not finite";
    }

    private static bool IsCount(double? number) => number is null or (>= 0 and < double.PositiveInfinity);

    private static bool IsFinite(double? number) => number is not { } value || double.IsFinite(value);

    /// <summary>Whether a file of artifacts stays in its folder.</summary>
    private static bool IsBelow(string? name) =>
        !string.IsNullOrEmpty(name) && !Path.IsPathRooted(name) && !name.Split('/').Contains("..") && !name.Contains('\0', StringComparison.Ordinal);
}
