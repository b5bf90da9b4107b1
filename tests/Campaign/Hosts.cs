using System.Diagnostics;

namespace Dfx.Campaign;

/// <summary>Hosts at once, on one results folder or on folders beside each other, with one cache; reports while they run; one of them killed.</summary>
internal static class Hosts
{
    // How a host says that another one is at work.
    private const string Busy = "another dfx is at work";

    internal static Tally Try(Trial trial)
    {
        var scenario = trial.Pick(trial.Scenarios);
        var calm = trial.Calm.Of(scenario);
        using var desk = scenario.Desk();
        var lost = new List<string>();
        List<(Process Process, string Folder)> hosts = [];
        foreach (var i in Enumerable.Range(0, trial.Random.Next(2, 5)))
        {
            var folder = trial.Random.Next(2) == 0 ? desk.Results : Path.Combine(desk.Folder, $"results-{i}");
            hosts.Add((desk.Start([.. scenario.Run(desk), "--results", folder]), folder));
            Thread.Sleep(trial.Random.Next(0, 400));
        }

        var ids = hosts.Select(host => host.Process.Id).ToList();
        var ends = hosts.Select(host => Task.Run(() => Tools.End(host.Process))).ToList();
        Thread.Sleep(trial.Random.Next(100, 4000));
        var killed = trial.Random.Next(2) == 0 && Kills.Kill(trial.Pick(ids), trial.Random);
        if (Directory.Exists(scenario.Results(desk)))
        {
            lost.AddRange(Tools.Unseemly(Tools.End(desk.Start(trial.Pick(["report", "status"]), scenario.Results(desk)))));
        }

        foreach (var (end, i) in ends.Select((end, i) => (end.Result, i)))
        {
            lost.AddRange(Tools.Unseemly(end, Kills.Codes));
            if (end.Code != 0 && !killed && !end.Errors.Contains(Busy, StringComparison.Ordinal))
            {
                lost.Add($"host {i} of {hosts.Count} ended with {end.Code}: {end.Output}{end.Errors}");
            }
        }

        var difference = Tools.Finish(scenario, desk, calm);
        foreach (var folder in hosts.Where((host, i) => host.Folder != desk.Results && ends[i].Result.Code == 0).Select(host => Path.Combine(host.Folder, scenario.Name)))
        {
            difference ??= calm.Snapshot.Difference(Snapshot.Of(folder));
        }

        desk.Stays |= lost.Count > 0 || difference is not null;
        return Tally.Of(hosts.Count, difference, lost);
    }
}
