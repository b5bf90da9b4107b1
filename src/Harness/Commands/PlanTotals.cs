using Dfx.Harness.Execution.Host;
using Dfx.Harness.Planning;
using Dfx.Harness.Planning.Pricing;

namespace Dfx.Harness.Commands;

/// <summary>The last lines of a plan: how many jobs of each kind stand how, and how long the rest may take.</summary>
internal static class PlanTotals
{
    internal static void Write(TextWriter output, IReadOnlyList<Compared> compared)
    {
        WriteCounts(output, compared);
        if (Estimate(compared) is { } seconds)
        {
            output.WriteLine($"estimated time, by what the finished jobs took: {Duration.Text(seconds)} on one worker");
        }
        else if (compared.Any(IsOpen))
        {
            output.WriteLine("how long it will take on this machine: add --measure");
        }
    }

    /// <summary>What a rehearsal tells.</summary>
    internal static void Write(TextWriter output, Priced priced, int workers)
    {
        output.WriteLine($"estimated time, by a rehearsal on this machine: {Duration.Text(priced.Seconds)} on {workers} worker{(workers == 1 ? "" : "s")}");
        foreach (var kind in priced.Unpriced.GroupBy(job => job.Kind).OrderBy(group => group.Key))
        {
            output.WriteLine($"not in it: {kind.Count()} {Store.Records.Kind(kind.Key)} jobs{Reason(kind.Key)}, {kind.First().Identity} among them");
        }

        if (priced.Beyond.Count > 0)
        {
            var (cell, steps) = priced.Beyond[0];
            output.WriteLine($"NFE above T: {priced.Beyond.Count} cells have more evaluations than their models are trained on steps, {cell.Identity} (T = {steps}) among them; reports mark those that look at levels beyond T");
        }
    }

    private static string Reason(JobKind kind) => kind switch
    {
        JobKind.Analyse => "",
        JobKind.Collect => ", whose rehearsal failed or did not say which share of it was done",
        _ => ", whose rehearsal failed",
    };

    internal static void WriteCounts(TextWriter output, IReadOnlyList<Compared> compared)
    {
        foreach (var kind in compared.GroupBy(c => c.Job.Kind).OrderBy(group => group.Key))
        {
            var standings = kind.CountBy(c => c.Standing).OrderBy(s => s.Key).Select(s => $"{s.Value} {s.Key.ToString().ToLowerInvariant()}");
            output.WriteLine($"{kind.Count()} {Store.Records.Kind(kind.Key)} jobs: {string.Join(", ", standings)}");
        }
    }

    /// <summary>Open jobs at the mean time of finished ones of their kind; null if some kind has none that is finished.</summary>
    private static double? Estimate(IReadOnlyList<Compared> compared)
    {
        var spent = compared.Where(c => c.Record is { IsFinal: true }).GroupBy(c => c.Job.Kind)
            .ToDictionary(group => group.Key, group => group.Average(c => c.Record!.Timing.SecondsOf(group.Key)));
        var open = compared.Where(IsOpen).ToList();
        return open.Count > 0 && open.TrueForAll(c => spent.ContainsKey(c.Job.Kind)) ? open.Sum(c => spent[c.Job.Kind]) : null;
    }

    private static bool IsOpen(Compared job) => job.Standing is Standing.Missing or Standing.Stale or Standing.Failed;
}
