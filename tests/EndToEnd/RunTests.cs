namespace Dfx.EndToEnd;

/// <summary>What a run leaves behind, on the sample plugin.</summary>
[TestFixture]
internal sealed class RunTests
{
    private Desk _desk = null!;

    [SetUp]
    public void SetUp() => _desk = new Desk().With("Sample");

    [TearDown]
    public void TearDown() => _desk.Dispose();

    private string Leaderboard => Path.Combine(_desk.Results, "small", "leaderboard.csv");

    private string Cells => Path.Combine(_desk.Results, "small", "cells.csv");

    [Test]
    public void A_run_measures_every_cell_that_has_a_meaning()
    {
        var outcome = _desk.Run(_desk.Write("small.yaml", Matrices.Small));
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        var cells = Csv.Read(Cells);
        using (Assert.EnterMultipleScope())
        {
            // 3 methods, 2 samplers, 2 budgets, 2 checkpoints, 2 seeds; the second sampler accepts only the third method's models.
            Assert.That(cells, Has.Count.EqualTo(48));
            Assert.That(cells.Count(c => c["status"] == "not-applicable"), Is.EqualTo(16));
            Assert.That(cells.Count(c => c["status"] == "ok"), Is.EqualTo(32));
            Assert.That(cells.Where(c => c["status"] == "ok").Select(c => c.Number("nfe-used") / c.Number("nfe")), Is.All.InRange(0.5, 1.0));
            Assert.That(Csv.Read(Leaderboard), Has.Count.EqualTo(24));
        }
    }

    [Test]
    public void A_finished_matrix_runs_nothing_again()
    {
        var matrix = _desk.Write("small.yaml", Matrices.Small);
        Assert.That(_desk.Run(matrix).Code, Is.Zero);
        var before = Stamps();
        var (cells, leaderboard) = (File.ReadAllText(Cells), File.ReadAllText(Leaderboard));
        var again = _desk.Run(matrix);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Code, Is.Zero);
            Assert.That(again.Output, Does.Not.Contain("jobs to run"));
            Assert.That(Stamps(), Is.EqualTo(before));
            Assert.That(File.ReadAllText(Cells), Is.EqualTo(cells));
            Assert.That(File.ReadAllText(Leaderboard), Is.EqualTo(leaderboard));
        }
    }

    [Test]
    public void A_rehearsal_says_how_long_it_will_take_and_leaves_nothing()
    {
        var outcome = _desk.Dfx("plan", _desk.Write("small.yaml", Matrices.Small), "--plugins", _desk.Plugins, "--measure", "--workers", "2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.Zero, outcome.Errors);
            Assert.That(outcome.Output, Does.Match("estimated time, by a rehearsal on this machine: [0-9].* on 2 workers"));
            Assert.That(outcome.Output, Does.Not.Contain("not in it"));
            Assert.That(Directory.Exists(Path.Combine(_desk.Results, "small")), Is.False);
        }
    }

    [Test]
    public void Neither_workers_nor_the_order_of_the_matrix_change_a_number()
    {
        // Named, since the first method would be another one.
        var matrix = Matrices.Small + "\nbaseline: test-affine";
        Assert.That(_desk.Run(_desk.Write("small.yaml", matrix), "--workers", "1").Code, Is.Zero);
        var (cells, leaderboard) = (Csv.WithoutTimes(Cells), Csv.WithoutTimes(Leaderboard));
        var shuffled = matrix
            .Replace("seeds: [0, 1]", "seeds: [1, 0]", StringComparison.Ordinal)
            .Replace("nfe: [4, 9]", "nfe: [9, 4]", StringComparison.Ordinal)
            .Replace("samplers: [test-euler, test-redraw]", "samplers: [test-redraw, test-euler]", StringComparison.Ordinal)
            .Replace("[test-affine, ", "[test-variance, test-affine, ", StringComparison.Ordinal)
            .Replace(", test-variance]", "]", StringComparison.Ordinal);
        using var other = new Desk().With("Sample");
        Assert.That(other.Run(other.Write("small.yaml", shuffled), "--workers", "2").Code, Is.Zero);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Csv.WithoutTimes(Path.Combine(other.Results, "small", "cells.csv")), Is.EqualTo(cells));
            Assert.That(Csv.WithoutTimes(Path.Combine(other.Results, "small", "leaderboard.csv")), Is.EqualTo(leaderboard));
        }
    }

    [Test]
    public void Neither_do_they_with_a_network_on_images()
    {
        using var one = new Desk().With("Dfx.Baselines");
        using var two = new Desk().With("Dfx.Baselines");
        var shuffled = Matrices.Tiny
            .Replace("seeds: [0, 1]", "seeds: [1, 0]", StringComparison.Ordinal)
            .Replace("nfe: [3, 5]", "nfe: [5, 3]", StringComparison.Ordinal);
        var (first, second) = (one.Run(one.Write("tiny.yaml", Matrices.Tiny), "--workers", "1"), two.Run(two.Write("tiny.yaml", shuffled), "--workers", "2"));
        Assert.That((first.Code, second.Code), Is.EqualTo((0, 0)), first.Output + first.Errors + second.Output + second.Errors);
        var cells = Csv.WithoutTimes(Path.Combine(one.Results, "tiny", "cells.csv"));
        Assert.That(Csv.Read(Path.Combine(one.Results, "tiny", "cells.csv")), Has.Count.EqualTo(32));
        Assert.That(Csv.WithoutTimes(Path.Combine(two.Results, "tiny", "cells.csv")), Is.EqualTo(cells));
    }

    [Test]
    public void A_plugin_that_is_dropped_in_adds_its_own_cells_and_touches_no_other()
    {
        Assert.That(_desk.Run(_desk.Write("small.yaml", Matrices.Small)).Code, Is.Zero);
        var before = Stamps();
        _desk.With("Scribbles");
        var wider = Matrices.Small.Replace("[test-affine, ", "[test-scribbles, test-affine, ", StringComparison.Ordinal);
        var outcome = _desk.Run(_desk.Write("small.yaml", wider));
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        var fresh = Stamps().Where(stamp => !before.ContainsKey(stamp.Key)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fresh, Is.Not.Empty);
            Assert.That(fresh.Select(stamp => File.ReadAllText(stamp.Key)), Is.All.Contains("test-scribbles"));
            Assert.That(before, Is.SubsetOf(Stamps()));
        }
    }

    [Test]
    public void A_changed_plugin_makes_its_cells_stale_and_says_why()
    {
        var matrix = _desk.Write("small.yaml", Matrices.Small);
        Assert.That(_desk.Run(matrix).Code, Is.Zero);
        _desk.Write("small.yaml", Matrices.Small.Replace("steps: 40", "steps: 50", StringComparison.Ordinal));
        var plan = _desk.Dfx("plan", matrix, "--plugins", _desk.Plugins);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Code, Is.Zero);
            Assert.That(plan.Output, Does.Contain("stale           train | test-shapes | generate | test-affine | seed 0: training changed"));
            Assert.That(plan.Output, Does.Not.Contain("cached"));
        }
    }

    [Test]
    public void Another_matrix_takes_over_what_it_shares()
    {
        Assert.That(_desk.Run(_desk.Write("small.yaml", Matrices.Small)).Code, Is.Zero);
        var outcome = _desk.Run(_desk.Write("other.yaml", Matrices.Small.Replace("name: small", "name: other", StringComparison.Ordinal)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.Zero);
            Assert.That(outcome.Output, Does.Not.Contain("jobs to run"));
            Assert.That(Csv.WithoutTimes(Path.Combine(_desk.Results, "other", "cells.csv")), Is.EqualTo(Csv.WithoutTimes(Cells)));
        }
    }

    [Test]
    public void A_correction_applies_to_other_models_and_tasks_have_their_metrics()
    {
        var matrix = _desk.Write(
            "wide.yaml",
            """
            name: small
            datasets: [test-shapes]
            tasks: [generate, test-half]
            training: { steps: 20, batch: 16 }
            methods: [test-affine, test-blur]
            corrections: [none, { correction: test-shrink, source: test-affine, name: small }, { correction: test-shrink, source: self, teacher: test-shrink, name: taught }]
            samplers: [test-euler, test-naive]
            nfe: [6]
            samples: 20
            threads: 1
            metrics: [test-mean, test-mse]
            analyses: [{ analysis: test-levels, method: test-affine }, test-strips]
            """);
        var outcome = _desk.Run(matrix);
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        var cells = Csv.Read(Cells).Where(c => c["status"] == "ok").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cells.Where(c => c["task"] == "generate").Select(c => c["metric"]), Is.All.EqualTo("test-mean"));
            Assert.That(cells.Where(c => c["task"] == "test-half").Select(c => c["metric"]), Has.Member("test-mse"));
            Assert.That(cells.Where(c => c["correction"] != "none").Select(c => c["nfe-correction"]), Is.Not.Empty.And.All.EqualTo("1"));
            Assert.That(cells.Where(c => c["correction"].StartsWith("small", StringComparison.Ordinal)).Select(c => c["method"]), Has.Member("test-affine"));
            Assert.That(Directory.EnumerateFiles(Path.Combine(_desk.Results, "small", "artifacts"), "table.csv", SearchOption.AllDirectories), Is.Not.Empty);
            Assert.That(Directory.EnumerateFiles(Path.Combine(_desk.Results, "small", "artifacts"), "levels.json", SearchOption.AllDirectories).Select(File.ReadAllText), Is.EqualTo(new[] { "[0, 0.25, 0.5, 1]", "[0, 0.25, 0.5, 1]" }), "one a task");
            Assert.That(File.Exists(Path.Combine(_desk.Results, "small", "figures", "sheet-test-strips_test-shapes_generate_data_0_fade.sheet.png")), Is.True);
            Assert.That(File.ReadAllText(Path.Combine(_desk.Results, "small", "report.html")), Does.Contain("alt=\"Image of average, t 0.25\""));
        }
    }

    /// <summary>Every record with its content's time.</summary>
    private Dictionary<string, DateTime> Stamps() => Directory
        .EnumerateFiles(Path.Combine(_desk.Results, "small", "records"))
        .ToDictionary(path => path, File.GetLastWriteTimeUtc);
}
