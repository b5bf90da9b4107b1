using System.Diagnostics;
using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>What several parts do.</summary>
internal static class Tools
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Whether a program ends well.</summary>
    internal static bool Do(string program, params ReadOnlySpan<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [.. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Runs a scenario to its end without disturbance, and compares.</summary>
    /// <returns>How it differs from an undisturbed run; null if it does not.</returns>
    internal static string? Finish(Scenario scenario, Desk desk, CalmRun calm) => Finish(scenario, desk, calm.Snapshot, snapshot => snapshot);

    /// <inheritdoc cref="Finish(Scenario, Desk, CalmRun)"/>
    /// <param name="scenario">What is run.</param>
    /// <param name="desk">Where.</param>
    /// <param name="calm">What an undisturbed run says.</param>
    /// <param name="of">What of it is compared.</param>
    internal static string? Finish(Scenario scenario, Desk desk, Snapshot calm, Func<Snapshot, Snapshot> of)
    {
        var outcome = End(desk.Start(scenario.Run(desk)));
        var difference = outcome.Code == 0 ? of(calm).Difference(of(Snapshot.Of(scenario.Results(desk)))) : $"it ends with {outcome.Code}: {outcome.Output}{outcome.Errors}";
        desk.Stays |= difference is not null;
        return difference is null ? null : $"{desk.Folder}: {difference}";
    }

    /// <summary>What is wrong with how a command ended: anything but an exit code that means something, with words and no trace.</summary>
    internal static IReadOnlyList<string> Unseemly(Outcome outcome, params int[] killed) => [.. Faults(outcome, killed)];

    /// <summary>Waits for a program to end, however slow a busy machine is.</summary>
    /// <exception cref="TimeoutException">It hangs.</exception>
    internal static Outcome End(Process started)
    {
        using var process = started;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"it hangs: {output.Result}{errors.Result}");
        }

        return new(process.ExitCode, output.Result, errors.Result);
    }

    private static IEnumerable<string> Faults(Outcome outcome, int[] killed)
    {
        if (outcome.Code is < 0 or > 2 && !killed.Contains(outcome.Code))
        {
            yield return $"exit code {outcome.Code}: {outcome.Output}{outcome.Errors}";
        }

        if (outcome.Errors.Contains("   at ", StringComparison.Ordinal) || outcome.Errors.Contains("Unhandled", StringComparison.Ordinal))
        {
            yield return $"a trace: {outcome.Errors}";
        }

        if (outcome.Code == 2 && outcome.Errors.Trim().Length == 0)
        {
            yield return "it failed without a word";
        }
    }
}
