using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>What is to be run, where, by how many.</summary>
/// <param name="Compared">The plan beside the records.</param>
/// <param name="Results">The results folder.</param>
/// <param name="Cache">What is kept across runs.</param>
/// <param name="Limits">What one job may use.</param>
/// <param name="Device">Where.</param>
/// <param name="Workers">How many processes at once.</param>
/// <param name="SaveSeconds">The least time between two resumable states.</param>
internal sealed record RunPlan(
    IReadOnlyList<Compared> Compared, ResultsFolder Results, string Cache, Limits Limits, RunDevice Device, int Workers, double SaveSeconds)
{
    /// <summary>Jobs that need to run: those without a result, and only such training as a cell without a result needs.</summary>
    internal IReadOnlyList<Job> ToDo { get; } = Needed(Compared);

    private static List<Job> Needed(IReadOnlyList<Compared> compared)
    {
        var hopeless = Hopeless(compared);
        var open = compared
            .Where(c => c.Standing is not (Standing.Cached or Standing.NotApplicable) && !hopeless.Contains(c.Job.Key))
            .Select(c => c.Job)
            .ToList();
        var wanted = open.Where(job => job.Kind is JobKind.Cell or JobKind.Analyse).SelectMany(job => job.Needs.Append(job.Key)).ToHashSet();
        // A correction needs its source; walking backwards over the plan's order finds all needs of needs.
        foreach (var job in open.AsEnumerable().Reverse().Where(job => wanted.Contains(job.Key)))
        {
            wanted.UnionWith(job.Needs);
        }

        return [.. open.Where(job => wanted.Contains(job.Key))];
    }

    /// <summary>Jobs that need one which is known to fail, such as a model that diverged, at whatever distance.</summary>
    private static HashSet<string> Hopeless(IReadOnlyList<Compared> compared)
    {
        var failed = compared.Where(c => c is { Standing: Standing.Cached, Record.Status: not Status.Ok }).Select(c => c.Job.Key).ToHashSet();
        foreach (var job in compared.Select(c => c.Job).Where(job => job.Needs.Any(failed.Contains)))
        {
            failed.Add(job.Key);
        }

        return failed;
    }
}
