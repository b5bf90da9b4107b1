namespace Dfx.EndToEnd;

/// <summary>The rarer parts of the contract, each with a plugin of its own, from the matrix to the table.</summary>
[TestFixture]
internal sealed class ContractTests
{
    private const string Matrix =
        """
        name: contract
        datasets: [test-shapes]
        tasks: [generate, test-half, generate-by-class]
        training: { steps: 20, batch: 16 }
        methods: [test-affine, { method: test-calibrated, source: test-affine }]
        corrections: [none, test-denoise]
        samplers: [test-euler, test-redraw, test-halving, test-imposing]
        nfe: [4, 6]
        samples: 20
        threads: 1
        metrics: [test-mean, test-mse, test-broken]
        """;

    private Desk _desk = null!;
    private Outcome _outcome = null!;
    private IReadOnlyList<IReadOnlyDictionary<string, string>> _cells = null!;

    [OneTimeSetUp]
    public void RunOnce()
    {
        _desk = new Desk().With("Sample", "ThrowsInTraining");
        _outcome = _desk.Run(_desk.Write("contract.yaml", Matrix));
        _cells = Csv.Read(Path.Combine(_desk.Results, "contract", "cells.csv"));
    }

    [OneTimeTearDown]
    public void TearDown() => _desk.Dispose();

    [Test]
    public void A_method_that_builds_on_another_model_runs_after_it_and_samples()
    {
        var trains = Directory.EnumerateFiles(Path.Combine(_desk.Results, "contract", "records")).Select(File.ReadAllText).Where(r => r.Contains("\"train\"", StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trains.Count(r => r.Contains("| test-calibrated", StringComparison.Ordinal)), Is.EqualTo(3), "one a task");
            Assert.That(Ok("generate", "test-redraw").Select(c => c["method"]), Is.Not.Empty.And.All.EqualTo("test-calibrated"));
        }
    }

    [Test]
    public void An_adaptive_sampler_stands_once_and_its_evaluations_are_counted()
    {
        var cells = Ok("generate", "test-halving").Where(c => c["correction"] == "none" && c["metric"] == "test-mean").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cells.Select(c => c["method"]), Is.EquivalentTo(new[] { "test-affine", "test-calibrated" }));
            Assert.That(cells.Select(c => c["nfe"]), Is.All.EqualTo("free"));
            Assert.That(cells.Select(c => c.Number("nfe-used")), Is.All.GreaterThan(6));
        }
    }

    [Test]
    public void A_sampler_that_imposes_what_is_known_uses_a_model_of_plain_generation()
    {
        var generate = _cells.Where(c => c["sampler"] == "test-imposing" && c["task"] != "test-half");
        var half = Ok("test-half", "test-imposing").Where(c => c["metric"] == "test-mse").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(generate.Where(c => c["task"] == "generate").Select(c => c["status"]), Is.Not.Empty.And.All.EqualTo("not-applicable"));
            Assert.That(half, Is.Not.Empty);
        }
    }

    [Test]
    public void A_control_denoises_with_the_target_and_its_evaluation_counts()
    {
        var cells = Ok("generate", "test-euler").Where(c => c["correction"] == "test-denoise" && c["metric"] == "test-mean");
        Assert.That(cells.Select(c => (c.Number("nfe") - c.Number("nfe-used"), c["nfe-correction"])), Is.Not.Empty.And.All.EqualTo((0.0, "0")));
    }

    [Test]
    public void A_metric_that_throws_leaves_the_others_and_is_told_of()
    {
        var rows = _cells.Where(c => c["task"] == "generate" && c["sampler"] == "test-euler" && c["correction"] == "none").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_outcome.Code, Is.EqualTo(1), _outcome.Output + _outcome.Errors);
            Assert.That(rows.Where(c => c["metric"] == "test-mean").Select(c => c["status"]), Is.Not.Empty.And.All.EqualTo("ok"));
            Assert.That(rows.Where(c => c["metric"] == "test-broken").Select(c => c["message"]), Is.Not.Empty.And.All.Contains("the metric is broken"));
            Assert.That(rows.Where(c => c["metric"] == "test-mse").Select(c => c["status"]), Is.Not.Empty.And.All.EqualTo("not-applicable"));
        }
    }

    private IEnumerable<IReadOnlyDictionary<string, string>> Ok(string task, string sampler) =>
        _cells.Where(c => c["task"] == task && c["sampler"] == sampler && c["status"] == "ok");
}
