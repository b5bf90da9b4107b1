using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Everything that running one job needs, passed along instead of parameter lists.</summary>
/// <param name="Job">The job.</param>
/// <param name="Session">The worker's plugins and data.</param>
/// <param name="Results">The results folder.</param>
/// <param name="Device">The job's device.</param>
/// <param name="Progress">Who is told how far it has come.</param>
/// <param name="SaveSeconds">The least time between two resumable states.</param>
/// <param name="Cancellation">Asks to stop.</param>
internal sealed record JobDesk(
    Job Job,
    WorkerSession Session,
    ResultsFolder Results,
    torch.Device Device,
    IProgressHost Progress,
    double SaveSeconds,
    CancellationToken Cancellation)
{
    internal ModelContext ModelContext => Session.Context(Job.Model, Device);

    internal TrainingFiles Files(string key) => new(Results.ArtifactsOf(key));

    internal TrainingContext TrainingContext(TrainingSettings settings, ITrainingHost host) =>
        new() { Model = ModelContext, Settings = settings, Host = host, Cancellation = Cancellation };
}

/// <summary>What a job gave, before it becomes a record.</summary>
internal sealed record JobResult(JobOutcome Outcome, JobTiming Timing);
