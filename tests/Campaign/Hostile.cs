using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>Plugins that misbehave beside one that does not: its numbers are those that it has alone, and no process stays behind.</summary>
internal static class Hostile
{
    // Of what the program printed.
    private const int Shown = 2000;

    private static readonly Scenario s_alone = new("neighbours", ["Sample"], Matrix(["test-affine"], ["test-euler"], ["test-mean"]), "4", "4, 6");

    private static readonly string[] s_plugins =
        ["ThrowsInConstructor", "ThrowsInTraining", "Diverges", "Hangs", "CrashesNatively", "EatsMemory", "Scribbles", "SpawnsChild", "Overspends", "Misreturns", "Hostile"];

    private static readonly string[] s_methods =
    [
        "test-throws-in-constructor", "test-throws-in-training", "test-diverges", "test-nan-samples", "test-hangs-asleep", "test-hangs-busy", "test-aborts", "test-segfaults", "test-terminates",
        "test-eats-memory", "test-scribbles", "test-spawns-child", "test-daemon", "test-exits", "test-child-memory", "test-prints", "test-forges", "test-floods", "test-deletes",
        .. Of("method", "test-misreturning-model", "fault", "one-estimate", "short-prior"),
        .. Of("method", "test-mischief", "does", "absent-directory", "late-thread", "late-task", "fail-fast", "stack-overflow", "closed-input", "closed-files", "long-message", "control-characters",
            "throwing-exception", "nested-exception", "wild-reports", "nothing-kept", "no-model", "culture", "open-scope", "no-gradient", "global-seed", "own-threads", "unwaited-work", "wild-checkpoint",
            "ignored-cancellation"),
    ];

    private static readonly string[] s_samplers =
    [
        "test-overspends",
        .. Of("sampler", "test-misreturns", "fault", "fewer", "more", "empty", "flat", "bytes", "other-precision", "gradient", "nothing", "disposed", "levels-infinite"),
        .. Of("sampler", "test-leaves", "leaves", "thread", "timer", "directory", "culture", "dtype", "environment", "threads", "console", "process"),
        .. Of("sampler", "test-mischief", "does", "not-finite", "infinite", "far-out", "sleep", "loop", "exit", "fail-fast", "many-levels", "no-levels", "rising-levels", "disposed-start", "kept-tensors"),
    ];

    private static readonly string[] s_metrics = ["test-broken", .. Of("metric", "test-misvalues", "fault", "value", "spread", "low", "high", "name", "word")];

    /// <summary>Plugins' deeds of each kind.</summary>
    internal static int Deeds => s_methods.Length + s_samplers.Length + s_metrics.Length;

    internal static Tally Try(Trial trial)
    {
        var random = trial.Random;
        var calm = trial.Calm.Of(s_alone);
        var (methods, samplers, metrics) = (random.GetItems(s_methods, 4).Distinct().ToList(), random.GetItems(s_samplers, 4).Distinct().ToList(), random.GetItems(s_metrics, 1));
        string[] all = ["test-affine", .. methods];
        random.Shuffle(all);
        var scenario = s_alone with { Plugins = ["Sample", .. s_plugins], Text = Matrix(all, ["test-euler", .. samplers], ["test-mean", .. metrics]) };
        using var desk = scenario.Desk();
        var outcome = Tools.End(desk.Start([.. scenario.Run(desk), "--workers", random.Next(1, 4).ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        List<string> lost = [.. Tools.Unseemly(outcome)];
        // A daemon may be that of another trial, whose host ends it soon.
        if (!SpinWait.SpinUntil(() => Left(desk).Count == 0, TimeSpan.FromSeconds(90)))
        {
            lost.Add($"processes stay behind: {string.Join(", ", Left(desk))}");
        }

        var words = $"{string.Join(", ", [.. all, .. samplers, .. metrics])}\n{outcome.Output[^Math.Min(Shown, outcome.Output.Length)..]}{outcome.Errors}";
        var (expected, actual) = (Values(s_alone.Results(calm.Desk)), Directory.Exists(scenario.Results(desk)) ? Values(scenario.Results(desk)) : "no results");
        return Tally.Of(
            methods.Count + samplers.Count + metrics.Length, expected == actual ? null : $"{words}\nundisturbed:\n{expected}\nbeside them:\n{actual}", [.. lost.Select(fault => $"{fault}\n{words}")]);
    }

    /// <summary>What the well-behaved cells say: not their keys, since those name all metrics of the matrix.</summary>
    private static string Values(string results) => string.Join('\n', Csv.Read(Path.Combine(results, "cells.csv"))
        .Where(row => row["method"] == "test-affine" && row["sampler"] == "test-euler" && row["metric"] == "test-mean")
        .Select(row => string.Join(' ', ((string[])["nfe", "seed", "status", "nfe-used", "metric", "value", "low", "high"]).Select(column => row[column])))
        .Order(StringComparer.Ordinal));

    private static IReadOnlyList<int> Left(Desk desk) => [.. desk.Processes(), .. Desk.ProcessesOf("sleep\u00006130")];

    private static IEnumerable<string> Of(string kind, string id, string option, params string[] values) =>
        values.Select(value => $"{{ {kind}: {id}, with: {{ {option}: {value} }}, name: {id}-{value} }}");

    private static string Matrix(IEnumerable<string> methods, IEnumerable<string> samplers, IEnumerable<string> metrics) =>
        $$"""
        name: neighbours
        datasets: [test-shapes]
        training: { steps: 40, batch: 16 }
        methods:
        {{string.Join('\n', methods.Select(method => $"  - {method}"))}}
        samplers:
        {{string.Join('\n', samplers.Select(sampler => $"  - {sampler}"))}}
        nfe: [NFE]
        seeds: [0, 1]
        samples: 20
        threads: 1
        limits: { time: 8s, memory: 700MiB }
        metrics:
        {{string.Join('\n', metrics.Select(metric => $"  - {metric}"))}}
        """;
}
