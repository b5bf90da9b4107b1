using System.Globalization;
using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>Runs whose clock is wrong, and another one after each kill.</summary>
internal static class Clocks
{
    /// <summary>The library that lies to a process about the time, where Debian's package has it.</summary>
    internal const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    internal static Tally Try(Trial trial)
    {
        var scenario = trial.Pick(trial.Scenarios);
        var calm = trial.Calm.Of(scenario);
        using var desk = scenario.Desk();
        var (clocks, lost) = (trial.Random.Next(1, 5), new List<string>());
        for (var i = 0; i < clocks; i++)
        {
            var date = new DateTime(trial.Random.Next(2001, 2100), trial.Random.Next(1, 13), trial.Random.Next(1, 29), 0, 0, 0, DateTimeKind.Utc);
            var before = Desk.FinishedRecords(scenario.Results(desk));
            // Waits go by the monotonic clock, which nobody sets.
            using var process = desk.Start(
                ["env", $"LD_PRELOAD={Library}", $"FAKETIME=@{date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}", "FAKETIME_DONT_FAKE_MONOTONIC=1"], scenario.Run(desk));
            var host = process.Id;
            var ended = Task.Run(() => Tools.End(process));
            if (!ended.Wait(trial.Random.Next(500, 6000)))
            {
                Kills.Kill(host, trial.Random);
            }

            lost.AddRange(Tools.Unseemly(ended.Result, Kills.Codes));
            lost.AddRange(Snapshot.Gone(before, scenario.Results(desk)));
        }

        return Tally.Of(clocks, Tools.Finish(scenario, desk, calm), lost);
    }
}
