using System.Globalization;
using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>Kills a run's processes at random moments and starts the same command again, until it ends.</summary>
internal static class Kills
{
    /// <summary>What a command ends with that was killed, interrupted or terminated.</summary>
    internal static readonly int[] Codes = [137, 130, 143];

    internal static Tally Try(Trial trial) => trial.Random.Next(8) == 0 ? Packing.Try(trial) : Runs(trial);

    private static Tally Runs(Trial trial)
    {
        var scenario = trial.Pick(trial.Scenarios);
        var calm = trial.Calm.Of(scenario);
        using var desk = scenario.Desk();
        var (most, kills, lost) = (trial.Random.Next(5, 60), 0, new List<string>());
        while (kills < most && trial.HasTime && lost.Count == 0)
        {
            var before = Desk.FinishedRecords(scenario.Results(desk));
            using var process = desk.Start([], [.. scenario.Run(desk), "--workers", Number(trial.Random.Next(1, 3))]);
            var host = process.Id;
            var ended = Task.Run(() => Tools.End(process));
            while (kills < most && trial.HasTime && !ended.Wait(trial.Random.Next(50, 3000)))
            {
                kills += Kill(host, trial.Random) ? 1 : 0;
            }

            lost.AddRange(Tools.Unseemly(ended.Result, Codes));
            lost.AddRange(Snapshot.Gone(before, scenario.Results(desk)));
            if (ended.Result.Code == 0)
            {
                break;
            }
        }

        desk.Stays = lost.Count > 0;
        var difference = Tools.Finish(scenario, desk, calm);
        lost.AddRange(Left(desk));
        return Tally.Of(kills, difference, lost);
    }

    /// <summary>Kills or stops the host, its workers, or all of them as a power cut would; whether there was anything to kill.</summary>
    internal static bool Kill(int host, Random random)
    {
        var workers = Desk.Children(host).Select(Number).ToList();
        switch (random.Next(8))
        {
            case 0:
                return Tools.Do("kill", "-TERM", Number(host));
            case 1:
                return Tools.Do("kill", "-INT", Number(host));
            case 2 or 3:
                return workers.Count > 0 && Tools.Do("kill", ["-KILL", .. workers]);
            case 4:
                return workers.Count > 0 && Tools.Do("kill", "-KILL", random.GetItems(workers.ToArray(), 1)[0]);
            case 5:
                return Tools.Do("kill", ["-KILL", Number(host), .. workers]);
            default:
                return Tools.Do("kill", "-KILL", Number(host));
        }
    }

    /// <summary>Processes that still work for a folder when nobody does any more.</summary>
    private static IEnumerable<string> Left(Desk desk) =>
        SpinWait.SpinUntil(() => desk.Processes().Count == 0, TimeSpan.FromSeconds(20)) ? [] : [$"processes stay behind: {string.Join(", ", desk.Processes())}"];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
