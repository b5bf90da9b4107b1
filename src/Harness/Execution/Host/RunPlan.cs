using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>What is to be run, where, by how many.</summary>
/// <param name="Compared">The plan beside the records.</param>
/// <param name="Results">The results folder.</param>
/// <param name="Cache">What is kept across runs.</param>
/// <param name="Limits">What one job may use.</param>
/// <param name="Workers">How many processes at once.</param>
/// <param name="SaveSeconds">The least time between two resumable states.</param>
internal sealed record RunPlan(
    IReadOnlyList<Compared> Compared, ResultsFolder Results, string Cache, Limits Limits, int Workers, double SaveSeconds)
{
    /// <summary>Jobs that need to run: those without a result, and only such training as a cell without a result needs.</summary>
    internal IReadOnlyList<Job> ToDo { get; } = Needed(Compared);

    private static List<Job> Needed(IReadOnlyList<Compared> compared)
    {
        var open = compared.Where(c => c.Standing is not (Standing.Cached or Standing.NotApplicable)).ToList();
        var wanted = open.Where(c => c.Job.Kind is JobKind.Cell or JobKind.Analyse).SelectMany(c => c.Job.Needs.Append(c.Job.Key)).ToHashSet();
        // A correction needs its source; walking backwards over the plan's order finds all needs of needs.
        foreach (var job in open.Select(c => c.Job).Reverse().Where(job => wanted.Contains(job.Key)))
        {
            wanted.UnionWith(job.Needs);
        }

        return [.. open.Select(c => c.Job).Where(job => wanted.Contains(job.Key))];
    }
}
