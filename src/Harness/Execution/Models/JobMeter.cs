using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>Who a network was made for.</summary>
internal enum NetworkOwner
{
    /// <summary>The model of the job, or one that it builds on while it samples.</summary>
    Model,

    /// <summary>The job's correction.</summary>
    Correction,

    /// <summary>A source or a teacher of what the job trains.</summary>
    Source,
}

/// <summary>A report of a network.</summary>
/// <param name="Owner">Who it was made for.</param>
/// <param name="Network">Its card.</param>
/// <param name="Rows">The images of the call.</param>
/// <param name="Trains">Whether the call is recorded for a backward pass.</param>
internal readonly record struct NetworkCall(NetworkOwner Owner, NetworkCard Network, long Rows, bool Trains);

/// <summary>
/// The one meter of a job: every context has it, and what it is told goes to whoever counts at the moment. Between phases, while models load or
/// metrics measure, nobody does.
/// </summary>
/// <param name="cancellation">Looked at before every evaluation that nobody counts.</param>
internal sealed class JobMeter(CancellationToken cancellation)
{
    private readonly Lock _turn = new();
    private Action<NetworkCall>? _counts;

    /// <summary>What the contexts of an owner hold.</summary>
    internal IEvaluationMeter Of(NetworkOwner owner) => new Owned(this, owner);

    /// <summary>Opens a phase; disposing it goes back to the one before.</summary>
    internal IDisposable Open(Action<NetworkCall> counts)
    {
        var phase = new Phase(this, _counts);
        _counts = counts;
        return phase;
    }

    /// <summary>Opens a phase in which no network may run.</summary>
    /// <param name="what">What is done then, such as <c>levels are chosen</c>.</param>
    internal IDisposable Refuse(string what) => Open(call => throw new InvalidOperationException(
        $"the network '{call.Network.Name}' was evaluated while {what}: evaluations there would go uncounted"));

    /// <summary>Lets no network run any more: the job has ended, and what a plugin kept of it would go uncounted in another one.</summary>
    internal void End() => _counts = call => throw new InvalidOperationException(
        $"the network '{call.Network.Name}' of a job that has ended was evaluated: evaluations there would go uncounted");

    private void Count(NetworkCall call)
    {
        lock (_turn)
        {
            if (_counts is { } counts)
            {
                counts(call);
            }
            else
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private sealed class Owned(JobMeter meter, NetworkOwner owner) : IEvaluationMeter
    {
        public void Count(NetworkCard network, long rows, bool trains) => meter.Count(new(owner, network, rows, trains));
    }

    private sealed class Phase(JobMeter meter, Action<NetworkCall>? before) : IDisposable
    {
        public void Dispose() => meter._counts = before;
    }
}
