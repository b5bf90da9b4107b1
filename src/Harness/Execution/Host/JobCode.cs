using Dfx.Harness.Planning;

namespace Dfx.Harness.Execution.Host;

/// <summary>Whose code runs in a job. A worker that has run other code than a job's own is not given the job: what a plugin left behind is nobody else's concern.</summary>
internal static class JobCode
{
    /// <summary>The assemblies of the plugins of a job, by their paths. The host's own are not among them.</summary>
    /// <remarks>Sampling and measuring a cell are the same code here, so that both can be done by one worker.</remarks>
    internal static HashSet<string> Of(Job job) =>
        Plugins(job).Where(plugin => !plugin.IsHosts).Select(plugin => plugin.Assembly).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<PluginRef> Plugins(Job job)
    {
        IEnumerable<PluginRef?> own = [job.Analysis, job.Sampling?.Sampler, job.Sampling?.Task, .. job.Sampling?.Metrics ?? []];
        return own.OfType<PluginRef>().Concat(Of(job.Model)).Concat(Of(job.Correction));
    }

    private static IEnumerable<PluginRef> Of(ModelSpec? model) => model is null
        ? []
        : ((IEnumerable<PluginRef?>)[model.Method, model.Dataset.Plugin, model.Task]).OfType<PluginRef>().Concat(Of(model.Source));

    private static IEnumerable<PluginRef> Of(CorrectionSpec? correction) => correction is null
        ? []
        : Of(correction.Source).Prepend(correction.Plugin).Concat(Of(correction.Teacher));
}
