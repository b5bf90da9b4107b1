using System.Collections.Concurrent;
using System.Diagnostics;
using Dfx.Data.Packing;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Planning.Pricing;
using Dfx.Harness.Store;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx plan --measure</c>: rehearses the jobs that are left, in a folder that is removed afterwards.</summary>
internal static class PlanRehearsal
{
    /// <summary>What the jobs that are left will take on this machine.</summary>
    /// <param name="session">The matrix and its plan.</param>
    /// <param name="compared">The plan beside the records.</param>
    /// <param name="workers">How many workers will run it.</param>
    /// <param name="spawner">Starts them.</param>
    /// <param name="output">Where it says what it does.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<Priced> Run(
        MatrixSession session, IReadOnlyList<Compared> compared, int workers, Spawner spawner, TextWriter output, CancellationToken cancellation)
    {
        var left = new RunPlan(compared, session.Results, session.Cache, session.Matrix.Limits, session.Device, workers, 0).ToDo;
        var rehearsal = new Rehearsal(session.Plan.Jobs, left.Select(job => job.Key).ToHashSet(StringComparer.Ordinal));
        using var scratch = Scratch.In(KeptFolders.Work(session.Cache));
        var results = new ResultsFolder(scratch.Folder);
        results.Create();
        await output.WriteLineAsync($"rehearsing {rehearsal.Jobs.Count} jobs: {Rehearsal.Steps} steps of every kind of training, a few images of every kind of cell").ConfigureAwait(false);
        using var waits = new Waits();
        var plan = new RunPlan(
            [.. rehearsal.Jobs.Select(job => new Compared(job, Standing.Missing, [], null))], results, session.Cache, session.Matrix.Limits, session.Device, workers, Runner.SavesNothing);
        await new Runner(plan, waits, spawner).Run(cancellation).ConfigureAwait(false);
        var records = rehearsal.Jobs.Select(job => RecordFiles.Read(results, job.Key)).OfType<JobRecord>()
            .Where(record => record.Status == Status.Ok).ToDictionary(record => record.Key, StringComparer.Ordinal);
        return Priced.Of(left, rehearsal, records, waits.Seconds, workers);
    }

    /// <summary>Shows nothing and keeps the time of every job.</summary>
    private sealed class Waits : IRunDisplay
    {
        private readonly ConcurrentDictionary<string, Stopwatch> _clocks = new(StringComparer.Ordinal);

        internal Dictionary<string, double> Seconds => _clocks.ToDictionary(clock => clock.Key, clock => clock.Value.Elapsed.TotalSeconds, StringComparer.Ordinal);

        public void Started(Job job) => _clocks[job.Key] = Stopwatch.StartNew();

        public void Progressed(Job job, Progress progress)
        {
        }

        public void Ended(Job job, JobEnd end) => _clocks[job.Key].Stop();

        public void Blocked(IReadOnlyList<Job> jobs)
        {
        }

        public void Left(string why)
        {
        }

        public void Dispose()
        {
        }
    }
}
