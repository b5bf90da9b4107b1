using System.Collections.Concurrent;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Keeps how the jobs of a run ended.</summary>
/// <param name="progressed">Called whenever a job says how far it is.</param>
internal sealed class SeenRun(Action? progressed = null) : IRunDisplay
{
    internal ConcurrentQueue<(Job Job, JobEnd End)> Ended { get; } = [];

    internal IReadOnlyList<JobEnd> Ends => [.. Ended.Select(pair => pair.End)];

    /// <summary>Why workers were given up.</summary>
    internal ConcurrentQueue<string> Why { get; } = [];

    public void Started(Job job)
    {
    }

    public void Progressed(Job job, Progress progress) => progressed?.Invoke();

    public void Blocked(IReadOnlyList<Job> jobs)
    {
    }

    public void Left(string why) => Why.Enqueue(why);

    public void Dispose()
    {
    }

    void IRunDisplay.Ended(Job job, JobEnd end) => Ended.Enqueue((job, end));
}
