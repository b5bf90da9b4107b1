using System.Runtime.InteropServices;
using Dfx.Harness.Matrix;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Commands;

/// <summary>Makes the manifest of a run.</summary>
internal static class Manifests
{
    internal static Manifest Of(MatrixSession session) => new()
    {
        Matrix = session.Matrix.Name,
        Source = File.ReadAllText(RegularFile.Checked(session.Matrix.Path)),
        Environment = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["system"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["host"] = typeof(Manifests).Assembly.GetName().Version!.ToString(3),
        },
        Plugins = new SortedDictionary<string, string>(Plugins(session), StringComparer.Ordinal),
        Baseline = session.Matrix.Baseline,
        Labels = MatrixLabels.Of(session.Matrix),
        Jobs = [.. session.Plan.Jobs.Select(job =>
            new ManifestJob(job.Key, Records.Kind(job.Kind), job.Identity, job.Needs, job.Axes, job.NotApplicable))],
    };

    private static Dictionary<string, string> Plugins(MatrixSession session) => session.Plan.Jobs
        .SelectMany(job => (Planning.PluginRef?[])[job.Model.Method, job.Model.Task, job.Model.Dataset.Plugin, job.Correction?.Plugin, job.Sampling?.Sampler, job.Analysis])
        .OfType<Planning.PluginRef>()
        .Concat(session.Plan.Jobs.FirstOrDefault(job => job.Sampling is not null)?.Sampling!.Metrics ?? [])
        .DistinctBy(plugin => plugin.Assembly)
        .ToDictionary(plugin => plugin.Assembly, plugin => plugin.Hash, StringComparer.Ordinal);
}
