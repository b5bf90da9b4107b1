using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;

namespace Dfx.Harness.Execution.Host;

/// <summary>Who shows a run. Called from several threads.</summary>
internal interface IRunDisplay : IDisposable
{
    /// <summary>A job starts.</summary>
    void Started(Job job);

    /// <summary>A job has come this far.</summary>
    void Progressed(Job job, Progress progress);

    /// <summary>A job ended.</summary>
    void Ended(Job job, JobEnd end);

    /// <summary>Jobs will not run, because one that they need failed.</summary>
    void Blocked(IReadOnlyList<Job> jobs);

    /// <summary>A worker has left the run, because its GPU no longer works; the others go on.</summary>
    void Left(string why);
}
