using System.Collections.Concurrent;
using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>Undisturbed runs, each made once, when it is first asked for.</summary>
internal sealed class CalmRuns : IDisposable
{
    private readonly ConcurrentDictionary<(Scenario Scenario, bool Extended), Lazy<CalmRun>> _runs = new();

    /// <exception cref="InvalidOperationException">An undisturbed run does not end well: there is nothing to compare with.</exception>
    internal CalmRun Of(Scenario scenario, bool extended = false) => _runs.GetOrAdd((scenario, extended), key => new(() => Make(key.Scenario, key.Extended))).Value;

    public void Dispose()
    {
        foreach (var run in _runs.Values.Where(run => run.IsValueCreated))
        {
            run.Value.Desk.Dispose();
        }
    }

    private static CalmRun Make(Scenario scenario, bool extended)
    {
        var desk = scenario.Desk(extended);
        var outcome = desk.Dfx(scenario.Run(desk));
        return outcome.Code == 0
            ? new(desk, Snapshot.Of(scenario.Results(desk)))
            : throw new InvalidOperationException($"{scenario.Name} does not run: {outcome.Output}{outcome.Errors}");
    }
}

/// <summary>An undisturbed run.</summary>
/// <param name="Desk">Its folder, which nobody may change.</param>
/// <param name="Snapshot">What it says.</param>
internal sealed record CalmRun(Desk Desk, Snapshot Snapshot);
