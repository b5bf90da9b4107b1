using System.Globalization;
using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>A disk of a random size under the results or the cache, or a limit of the size of files: the run ends with a message, and goes on when there is room.</summary>
internal static class Disks
{
    internal static Tally Try(Trial trial)
    {
        var scenario = trial.Pick(trial.Scenarios);
        var calm = trial.Calm.Of(scenario);
        using var desk = scenario.Desk();
        var (place, lost) = (trial.Pick([null, desk.Results, desk.Results, desk.Cache]), new List<string>());
        // Small enough to be met by a run, and now and then by its first file.
        var bytes = (long)Math.Pow(2, trial.Random.Next(12, 22) + trial.Random.NextDouble());
        if (place is not null && !Tools.Do("mount", "-t", "tmpfs", "-o", $"size={Number(bytes)}", "tmpfs", Directory.CreateDirectory(place).FullName))
        {
            // Only the superuser can mount one.
            place = null;
        }

        try
        {
            // Where files may be smaller than its code, .NET itself does not start unless code may be written where it runs.
            IReadOnlyList<string> through = place is null ? ["env", "DOTNET_EnableWriteXorExecute=0", "prlimit", $"--fsize={Number(bytes)}"] : [];
            for (var starts = trial.Random.Next(1, 4); starts > 0; starts--)
            {
                var before = Desk.FinishedRecords(scenario.Results(desk));
                lost.AddRange(Tools.Unseemly(Tools.End(desk.Start(through, scenario.Run(desk)))));
                lost.AddRange(Snapshot.Gone(before, scenario.Results(desk)));
            }

            _ = place is null || Tools.Do("mount", "-o", "remount,size=500m", place);
            var difference = Tools.Finish(scenario, desk, calm);
            return Tally.Of(1, difference is null ? null : $"{(place is null ? "a limit" : $"a disk at {place}")} of {bytes} bytes: {difference}", lost);
        }
        finally
        {
            _ = place is null || Tools.Do("umount", "-l", place);
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
