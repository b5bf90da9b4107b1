using Dfx.Harness.Planning;
using Dfx.Metrics;
using Dfx.Metrics.Features;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Keeps the features of a cell's samples, for metrics that come later and for other programs.</summary>
internal static class FeatureFile
{
    /// <summary>Writes what the matrix keeps; whether there is a file.</summary>
    /// <param name="desk">The cell.</param>
    /// <param name="generated">Its samples.</param>
    /// <param name="context">What a metric is given.</param>
    /// <param name="taken">The metrics whose values were taken over: nobody has made their features now.</param>
    internal static bool Keep(JobDesk desk, MeasuredSamples generated, Func<PluginRef, MetricContext> context, IReadOnlyList<PluginRef> taken)
    {
        var sampling = desk.Job.Sampling!;
        if (sampling.Metrics.Count == 0 || sampling.Keep is { Features: false, Below: 0 })
        {
            return false;
        }

        // Of metrics of one assembly the cache is the same.
        var metrics = sampling.Metrics.Where(metric => KeptSamples.OfFeatures(metric) is not null).ToList();
        var any = context(metrics.FirstOrDefault() ?? sampling.Metrics[0]);
        var path = Path.Combine(desk.Results.MakeArtifacts(desk.Job.Key), Artifacts.Features);
        try
        {
            var there = metrics.Where(metric => sampling.Keep.Features || !taken.Contains(metric) || generated.Keeps(KeptSamples.OfFeatures(metric)!));
            var arrays = Arrays(sampling, any, there);
            if (arrays.Count == 0)
            {
                return false;
            }

            KeptFeatures.Write(path, any, arrays);
        }
        catch (NotApplicableException e) when (sampling.Keep.Features)
        {
            NpzFile.Write(path, [new("unavailable", ArrayData.OfText([e.Message]))]);
        }
        catch (NotApplicableException)
        {
            return false;
        }

        return true;
    }

    private static IReadOnlyList<KeyValuePair<string, torch.Tensor>> Arrays(SamplingSpec sampling, MetricContext context, IEnumerable<PluginRef> metrics)
    {
        var made = KeptFeatures.Made(context, metrics.Select(KeptSamples.OfFeatures).OfType<string>());
        if (sampling.Keep.Features)
        {
            return [.. KeptFeatures.Compared(context).Concat(made).DistinctBy(array => array.Key)];
        }

        var samples = sampling.Samples * context.Generated.Shape.Elements * (context.Data.IsImages ? 1 : sizeof(float));
        return sampling.Keep.KeepsFeatures(made.Sum(array => array.Value.numel() * sizeof(float)), samples) ? made : [];
    }
}
