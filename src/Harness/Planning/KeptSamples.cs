using Dfx.Harness.Store;
using Dfx.Metrics;

namespace Dfx.Harness.Planning;

/// <summary>What is there of a cell's samples, so that it can be measured without sampling again.</summary>
internal static class KeptSamples
{
    /// <summary>The file of a sample job's samples, or null. Hosts that sampled and measured in one job kept it with the cell's record.</summary>
    /// <param name="folder">The results.</param>
    /// <param name="sample">The key of the sample job.</param>
    /// <param name="cell">The key of a cell's record of the same samples, or null.</param>
    internal static string? Path(ResultsFolder folder, string sample, string? cell) => ((string?[])[sample, cell]).OfType<string>()
        .Select(key => System.IO.Path.Combine(folder.ArtifactsOf(key), Artifacts.Samples)).FirstOrDefault(File.Exists);

    /// <summary>Whether a cell can be measured: from its samples, or by metrics for which the kept features will do.</summary>
    internal static bool Suffice(ResultsFolder folder, Job cell, Func<string, bool> usable) =>
        (Path(folder, cell.Needs[0], cell.Earlier) is { } samples && usable(samples)) || FeaturesSuffice(folder, cell, usable);

    private static bool FeaturesSuffice(ResultsFolder folder, Job cell, Func<string, bool> usable)
    {
        if (cell.Earlier is null || RecordFiles.Read(folder, cell.Earlier) is not { } record || !File.Exists(FeaturesOf(folder, cell.Earlier)) || !usable(FeaturesOf(folder, cell.Earlier)))
        {
            return false;
        }

        var covered = KeptFeatures.Covered(FeaturesOf(folder, cell.Earlier));
        return !cell.Sampling!.Keep.Samples && ToMeasure(cell, record.Outcome).All(metric => OfFeatures(metric) is { } needs && covered.Contains(needs));
    }

    /// <summary>The metrics of a cell whose values an earlier record does not have.</summary>
    internal static IEnumerable<PluginRef> ToMeasure(Job cell, JobOutcome earlier) => cell.Sampling!.Metrics.Where(metric => Known(earlier, metric).Count == 0);

    /// <summary>The values that an earlier record has of a metric as it is now; none if it is to be measured.</summary>
    internal static IReadOnlyList<MeasuredValue> Known(JobOutcome? earlier, PluginRef metric)
    {
        var by = Parts.Metric(metric);
        return [.. (earlier?.Metrics ?? []).Where(value => value.By == by)];
    }

    /// <summary>The features that are all that a metric looks at, as <see cref="KeptFeatures"/> names them; null if it looks at the samples.</summary>
    internal static string? OfFeatures(PluginRef metric) =>
        metric.Type.StartsWith($"{nameof(Dfx)}.{nameof(Metrics)}.", StringComparison.Ordinal) ? KeptFeatures.Needed(metric.Id, metric.Options) : null;

    /// <summary>The file of a cell's features, whether it is there or not.</summary>
    internal static string FeaturesOf(ResultsFolder folder, string cell) => System.IO.Path.Combine(folder.ArtifactsOf(cell), Artifacts.Features);
}
