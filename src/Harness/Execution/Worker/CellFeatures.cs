using Dfx.Harness.Planning;
using Dfx.Metrics;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Keeps the features that distances of distributions compare, so that others can compute those distances.</summary>
internal static class CellFeatures
{
    /// <summary>Writes the features of the samples and of the reference, or why there are none; the file's name.</summary>
    internal static string Keep(JobDesk desk, MetricContext context)
    {
        var path = Path.Combine(desk.Results.MakeArtifacts(desk.Job.Key), Artifacts.Features);
        try
        {
            var features = ComparedFeatures.Of(context);
            Npz.Save(path, [new("generated", features.Generated), new("reference", features.Reference)], compress: true);
        }
        catch (NotApplicableException e)
        {
            NpzFile.Write(path, [new("unavailable", ArrayData.OfText([e.Message]))]);
        }

        return Artifacts.Features;
    }
}
