namespace Dfx.Harness.Planning;

/// <summary>Which budgets the cells of a plan have for samples of what its jobs train.</summary>
internal static class Budgets
{
    /// <summary>
    /// The jobs, those that train with the budgets of the cells that need them: models by themselves and corrections too. Cells that have no meaning ask
    /// for nothing, and those of adaptive samplers for no number.
    /// </summary>
    internal static IReadOnlyList<Job> Told(IReadOnlyList<Job> jobs)
    {
        var asked = jobs
            .Where(job => job is { Kind: JobKind.Cell, NotApplicable: null, Sampling.Nfe: not CellAxes.Unlimited })
            .SelectMany(cell => cell.Needs.Select(need => (Need: need, cell.Sampling!.Nfe)))
            .ToLookup(one => one.Need, one => one.Nfe, StringComparer.Ordinal);
        return [.. jobs.Select(job => asked.Contains(job.Key) ? job with { Budgets = [.. asked[job.Key].Distinct().Order()] } : job)];
    }
}
