namespace Dfx.Harness.Planning;

/// <summary>What the cells of a plan ask of what its jobs train: budgets, and values of inference options.</summary>
internal static class Demand
{
    /// <summary>
    /// The jobs, those that train with the budgets of the cells that need them, models by themselves and corrections too, and models with the inference
    /// options of those cells. Cells that have no meaning ask for nothing, and those of adaptive samplers for no number.
    /// </summary>
    internal static IReadOnlyList<Job> Of(IReadOnlyList<Job> jobs)
    {
        var cells = jobs.Where(job => job.Kind == JobKind.Sample).ToList();
        var asked = cells.Where(cell => cell.Sampling!.Nfe != CellAxes.Unlimited).SelectMany(cell => cell.Needs.Select(need => (Need: need, cell.Sampling!.Nfe)))
            .ToLookup(one => one.Need, one => one.Nfe, StringComparer.Ordinal);
        var used = cells.ToLookup(cell => cell.Model.Key, cell => cell.Model.Method!, StringComparer.Ordinal);
        return [.. jobs.Select(job => asked.Contains(job.Key) || used.Contains(job.Key) ? Told(job, asked[job.Key], used[job.Key]) : job)];
    }

    private static Job Told(Job job, IEnumerable<int> budgets, IEnumerable<PluginRef> uses) =>
        job with { Budgets = [.. budgets.Distinct().Order()], Uses = [.. uses.DistinctBy(use => use.InferencePart, StringComparer.Ordinal)] };
}
