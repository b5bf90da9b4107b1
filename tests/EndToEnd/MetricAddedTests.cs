namespace Dfx.EndToEnd;

/// <summary>
/// What a metric costs that is added to a finished run. The trained models are taken away before: whoever needed a network would have to train one. Of a task
/// that restores the reference is the test set, whose features are made sooner.
/// </summary>
[TestFixture]
internal sealed class MetricAddedTests
{
    /// <summary>Numbers and keys are those of a run that had the metric from the start.</summary>
    [TestCase("auto", "kid", true)]
    [TestCase("features", "is", true)]
    [TestCase("none", "kid", false)]
    public void A_metric_of_what_was_kept_costs_no_evaluation(string keep, string metric, bool kept)
    {
        using var desk = new Desk().With("Dfx.Baselines");
        var matrix = desk.Write("added.yaml", Matrix(keep, "[fd]"));
        Assert.That(desk.Run(matrix).Code, Is.Zero);
        Assert.That(Files(desk, "samples.npz").Length, Is.EqualTo(keep is "none" or "features" ? 0 : 2), "others are gone once they are measured");
        Files(desk, "*.safetensors").ToList().ForEach(File.Delete);

        desk.Write("added.yaml", Matrix(keep, $"[fd, {metric}]"));
        Assert.That(desk.Dfx("plan", matrix, "--plugins", desk.Plugins).Output, Does.Contain("2 cell jobs: 2 stale").And.Contain(kept ? "2 sample jobs: 2 cached" : "2 sample jobs: 2 missing"));
        var outcome = desk.Run(matrix);
        var fresh = desk.Run(matrix, "--results", Path.Combine(desk.Folder, "fresh"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.Zero, outcome.Errors);
            Assert.That(outcome.Output.Contains(" sample | ", StringComparison.Ordinal), Is.EqualTo(!kept));
            Assert.That(Files(desk, "*.safetensors"), kept ? Is.Empty : Is.Not.Empty);
            Assert.That(Files(desk, "grid.png"), Has.Length.EqualTo(4), "of the cells before and of those that took their place");
            Assert.That(Cells(Path.Combine(desk.Results, "added")), Is.EqualTo(Cells(Path.Combine(desk.Folder, "fresh", "added"))), fresh.Errors);
        }
    }

    /// <summary>A metric that throws is tried again, and it alone.</summary>
    [Test]
    public void A_metric_that_failed_costs_no_evaluation()
    {
        using var desk = new Desk().With("Dfx.Baselines", "ThrowsInTraining");
        var matrix = desk.Write("added.yaml", Matrix("none", "[fd, test-broken]"));
        Assert.That(desk.Run(matrix).Code, Is.EqualTo(1));
        Assert.That(Files(desk, "samples.npz"), Has.Length.EqualTo(2), "they are not yet measured");
        Files(desk, "*.safetensors").ToList().ForEach(File.Delete);

        Assert.That(desk.Run(matrix).Output, Does.Contain("2 jobs to run").And.Not.Contain(" sample | "));
        desk.Write("added.yaml", Matrix("none", "[fd]"));
        var outcome = desk.Run(matrix);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.Zero, outcome.Errors);
            Assert.That(outcome.Output, Does.Contain("2 jobs to run").And.Not.Contain(" sample | "));
            Assert.That(Files(desk, "samples.npz"), Is.Empty);
        }
    }

    private static string Matrix(string keep, string metrics) =>
        $"""
        datasets: [fashion-mnist]
        tasks: [inpaint/half]
        network: {"{ channels: 8, multipliers: [1, 1] }"}
        training: {"{ steps: 2, batch: 4 }"}
        methods: [dsm]
        samplers: [heun, ddim]
        nfe: [3]
        seeds: [9223372036854775807]
        samples: 24
        threads: 1
        keep: {keep}
        metrics: {metrics}
        """;

    private static string[] Files(Desk desk, string name) => Directory.GetFiles(Path.Combine(desk.Results, "added", "artifacts"), name, SearchOption.AllDirectories);

    private static string Cells(string results) => Csv.WithoutTimes(Path.Combine(results, "cells.csv"));
}
