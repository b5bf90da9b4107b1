using Dfx.Harness.Store;

namespace Dfx.Harness.Planning.Pricing;

/// <summary>A plan whose jobs have prices.</summary>
/// <param name="Seconds">From the first job's start to the last one's end.</param>
/// <param name="Beyond">Cells whose budget is above the number of steps that their model is trained on, with that number.</param>
/// <param name="Unpriced">Jobs without a price, such as analyses and those whose rehearsal failed or did not tell: they are not in it.</param>
internal sealed record Priced(double Seconds, IReadOnlyList<Job> Unpriced, IReadOnlyList<(Job Cell, int Steps)> Beyond)
{
    /// <summary>Prices what will run.</summary>
    /// <param name="jobs">The jobs that will run, each after those that it needs.</param>
    /// <param name="rehearsal">What was rehearsed.</param>
    /// <param name="records">The records of the rehearsal, by key.</param>
    /// <param name="waits">The seconds of every rehearsed job from its start in the host to its end, by key.</param>
    /// <param name="workers">How many run at once.</param>
    internal static Priced Of(
        IReadOnlyList<Job> jobs, Rehearsal rehearsal, IReadOnlyDictionary<string, JobRecord> records, IReadOnlyDictionary<string, double> waits, int workers)
    {
        // A first cell makes features of the reference, which are kept: the cheapest one tells what the others take.
        var cells = rehearsal.Jobs.Where(job => job.Kind == JobKind.Cell && records.ContainsKey(job.Key))
            .GroupBy(Measured)
            .ToDictionary(group => group.Key, group => group.Min(job => records[job.Key].Timing.SecondsOf(JobKind.Cell)));
        var around = rehearsal.Jobs.Where(job => records.ContainsKey(job.Key)).GroupBy(job => job.Kind)
            .ToDictionary(group => group.Key, group => Median(group.Select(job => Math.Max(0, waits[job.Key] - records[job.Key].Timing.SecondsOf(job.Kind)))));
        double? Seconds(Job job) => rehearsal.For(job) is { } small && records.TryGetValue(small.Key, out var record)
            ? Price.Of(job, small, record.Timing) + around[job.Kind] + (job.Kind == JobKind.Cell ? cells[Measured(small)] : 0)
            : null;
        var priced = jobs.Where(job => Seconds(job) is not null).ToList();
        return new(Timetable.Length(priced, job => Seconds(job)!.Value, workers), [.. jobs.Except(priced)], [.. BeyondSteps(jobs, rehearsal, records)]);
    }

    private static IEnumerable<(Job Cell, int Steps)> BeyondSteps(IReadOnlyList<Job> jobs, Rehearsal rehearsal, IReadOnlyDictionary<string, JobRecord> records) =>
        from job in jobs
        where job.Kind == JobKind.Cell && job.Sampling!.Nfe != CellAxes.Unlimited
        let small = rehearsal.For(job)
        let steps = small is null ? null : records.GetValueOrDefault(small.Key)?.Outcome.TrainedSteps
        where job.Sampling!.Nfe > steps
        select (job, steps.Value);

    private static string Measured(Job cell) => $"{cell.Sampling!.Task.Part} {string.Join(' ', cell.Sampling.Metrics.Select(m => m.Part))}";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
