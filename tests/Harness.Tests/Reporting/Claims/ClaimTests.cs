using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Statistics;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting.Claims;

/// <summary>Verdicts of claims about cells and analyses, and how often they err.</summary>
[TestFixture]
internal sealed class ClaimTests
{
    private const string Comparison = """
        claims:
          - { id: c, says: s, place: p, metric: [fid, fd], of: { method: { id: stf } }, is: better, than: { method: { id: dsm } }, HOLDS }
        """;

    /// <summary>VE: differences of -4 at both budgets. EDM: nothing to tell. Pairs are of one process, for a claim that is silent of an option wants it equal.</summary>
    [TestCase("holds: every", Verdict.Undecided)]
    [TestCase("holds: most", Verdict.Reproduced)]
    [TestCase("holds: any", Verdict.Reproduced)]
    [TestCase("cells: { method: { process: ve } }", Verdict.Reproduced)]
    [TestCase("cells: { method: { process: ve } }, margin: 3.5", Verdict.Reproduced)]
    [TestCase("cells: { method: { process: ve } }, margin: 5", Verdict.Contradicted)]
    [TestCase("cells: { sampler: none-such }", Verdict.Undecided)]
    public void A_comparison_has_a_verdict(string holds, Verdict verdict) => Assert.That(Judge(Comparison.Replace("HOLDS", holds), Pairs()).Verdict, Is.EqualTo(verdict));

    [Test]
    public void The_evidence_is_there()
    {
        var result = Judge(Comparison.Replace("HOLDS", "cells: { method: { process: ve }, nfe: 5 }"), Pairs());
        var trial = result.Trials.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trial.Effect!.Mean, Is.EqualTo(-4).Within(1e-12));
            Assert.That(trial.Effect.Count, Is.EqualTo(3));
            Assert.That(trial.Effect.Interval!.Value.High, Is.EqualTo(-4 + (4.302652729749462 * 0.1 / Math.Sqrt(3))).Within(1e-9));
            Assert.That(trial.Bootstrap!.Value.Low, Is.InRange(-4.1001, -4));
            Assert.That(trial.Keys, Has.Count.EqualTo(6));
            Assert.That(trial.Where, Does.Contain("stf-ve").And.Contain("dsm-ve").And.Contain("nfe 5"));
            Assert.That(result.Why, Is.EqualTo("of 1 comparisons 1 bear it out, 0 speak against it"));
        }
    }

    [Test]
    public void One_seed_decides_nothing()
    {
        var result = Judge(Comparison.Replace("HOLDS", "holds: every"), TestCells.Fd("dsm-ve", 0, 9), TestCells.Fd("stf-ve", 0, 1));
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Undecided));
        Assert.That(result.Why, Does.Contain("1 with one seed: no interval"));
    }

    /// <summary>What does not hold in one of many places is found in spite of the stricter level.</summary>
    [Test]
    public void A_claim_of_every_is_contradicted_by_one()
    {
        var wrong = Enumerable.Range(0, 3).SelectMany(s => (CellRow[])[TestCells.Fd("dsm-vp", s, 1 + (0.01 * s)), TestCells.Fd("stf-vp", s, 9 + (0.012 * s))]);
        Assert.That(Judge(Comparison.Replace("HOLDS", "holds: every"), [.. Pairs(), .. wrong]).Verdict, Is.EqualTo(Verdict.Contradicted));
    }

    /// <summary>Slopes of 1 - 3 over a doubling twice: -1 each seed and a little.</summary>
    [TestCase("nfe", "falling", Verdict.Reproduced)]
    [TestCase("nfe", "rising", Verdict.Contradicted)]
    public void A_trend_along_an_axis(string along, string direction, Verdict verdict)
    {
        var cells = Enumerable.Range(0, 3).SelectMany(s => ((int[])[5, 10, 20]).Select((nfe, i) => TestCells.Fd("dsm-ve", s, 3 - i + (0.01 * s * i), ("nfe", $"{nfe}"))));
        var result = Judge($"claims: [{{ id: c, says: s, place: p, metric: fd, cells: {{ method: dsm }}, along: {along}, is: {direction} }}]", [.. cells]);
        Assert.That(result.Verdict, Is.EqualTo(verdict));
        Assert.That(result.Trials.Single().Effect!.Mean, Is.EqualTo(-0.99).Within(1e-9));
    }

    [Test]
    public void A_trend_along_an_option()
    {
        var cells = Enumerable.Range(0, 3).SelectMany(s => (CellRow[])[TestCells.Fd("stf-n64", s, 4 + (0.1 * s)), TestCells.Fd("stf-n256", s, 2 + (0.11 * s))]);
        var result = Judge("claims: [{ id: c, says: s, place: p, metric: fd, cells: { method: stf }, along: method.reference-batch, is: falling }]", [.. cells]);
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Reproduced));
        Assert.That(result.Trials.Single().Effect!.Mean, Is.EqualTo(-0.995).Within(1e-9), "two doublings from 64 to 256");
    }

    [Test]
    public void Deviations_are_compared_by_their_ratio()
    {
        double[] unit = [-1, 0.2, -0.4, 1.1, 0.7, -0.9];
        var cells = unit.SelectMany((u, s) => (CellRow[])[TestCells.Fd("dsm-ve", s, 5 + (100 * u)), TestCells.Fd("stf-ve", s, 5 + u)]);
        var result = Judge(Comparison.Replace("is: better", "is: below").Replace("HOLDS", "deviations: true"), [.. cells]);
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Reproduced));
        Assert.That(result.Trials.Single().Effect!.Mean, Is.EqualTo(-Math.Log(100)).Within(1e-9));
    }

    [TestCase("of: { quantity: v-stf, sigma: '>1' }, match: [sigma], error: se, is: below, than: { quantity: v-dsm }", Verdict.Reproduced)]
    [TestCase("of: { quantity: v-stf }, match: [sigma], error: se, is: below, than: { quantity: v-dsm }", Verdict.Undecided)]
    [TestCase("of: { quantity: v-stf }, match: [sigma], error: se, is: above, than: { quantity: v-dsm }", Verdict.Contradicted)]
    [TestCase("of: { quantity: v-stf, sigma: '<=1' }, error: se, is: within, margin: 0.5, than: 1", Verdict.Reproduced)]
    [TestCase("of: { quantity: v-stf, sigma: '<=1' }, error: se, is: within, margin: 0.01, than: 1", Verdict.Undecided)]
    [TestCase("of: { quantity: v-stf }, match: [sigma], error: se, along: n, is: falling, holds: any", Verdict.Reproduced)]
    [TestCase("of: { quantity: none-such }, is: below, than: 1", Verdict.Undecided)]
    public void A_claim_about_an_analysis(string what, Verdict verdict)
    {
        var results = TestCells.Results() with { Labels = TestLabels.All, Analyses = [Analysis()] };
        Assert.That(Judge($"claims: [{{ id: c, says: s, place: p, analysis: stf-variance, value: value, {what} }}]", results).Verdict, Is.EqualTo(verdict));
    }

    // The value that is compared stands in the effect; places are told in four digits.
    [Test]
    public void A_claim_about_an_analysis_tells_its_rows_apart()
    {
        var analysis = Analysis() with { Rows = [["0.14285714285714285", "v-stf", "4", "1.0123456789", "0.1"], ["1", "v-stf", "4", "4", "0.1"]] };
        var results = TestCells.Results() with { Labels = TestLabels.All, Analyses = [analysis] };
        var trials = Judge("claims: [{ id: c, says: s, place: p, analysis: stf-variance, value: value, of: { quantity: v-stf, value: '>0' }, match: [sigma], is: above, than: 1 }]", results).Trials;
        Assert.That(trials.Select(t => t.Where), Is.EqualTo(new[]
        {
            "variance on d: value of quantity v-stf sigma 0.1429 against 1", "variance on d: value of quantity v-stf sigma 1 against 1",
        }));
    }

    /// <summary>
    /// What the verdicts promise: where all effects are exactly 0, so that a claim of less and one of more are both wrong, each of the two wrong verdicts
    /// comes in at most 2.5 % of the repetitions, whatever the quantifier.
    /// </summary>
    [Test]
    public void Verdicts_are_wrong_as_seldom_as_they_promise([Values] Quantifier holds, [Values(1, 5)] int places, [Values(2, 3)] int seeds)
    {
        const int Repetitions = 2000;
        var random = new Random(11);
        var verdicts = Enumerable.Range(0, Repetitions).Select(_ => Verdicts.Of(holds, [.. Enumerable.Range(0, places).Select(_ => Nothing(random, seeds))])).ToList();
        Assert.That(verdicts.Count(v => v == Verdict.Reproduced) / (double)Repetitions, Is.LessThan(0.025 + 0.01));
        Assert.That(verdicts.Count(v => v == Verdict.Contradicted) / (double)Repetitions, Is.LessThan(0.025 + 0.01));
    }

    /// <summary>And an effect of ten deviations is found: verdicts are not merely silent.</summary>
    [Test]
    public void Large_effects_are_found([Values] Quantifier holds)
    {
        var random = new Random(5);
        var verdicts = Enumerable.Range(0, 300).Select(_ => Verdicts.Of(holds, [.. Enumerable.Range(0, 3).Select(_ => Nothing(random, 4, shift: -10))]));
        Assert.That(verdicts.Count(v => v == Verdict.Reproduced), Is.GreaterThan(280));
    }

    [Test]
    public void The_claims_of_STF_can_be_read_and_decide_nothing_without_results()
    {
        var claims = ClaimReader.Read(Path.Combine(Repository.Root, "plugins", "Stf", "claims.yaml"));
        var board = Leaderboard.Of(TestCells.Results());
        Assert.That(claims, Has.Count.GreaterThan(15));
        Assert.That(claims.Select(claim => ClaimResult.Of(claim, board).Verdict), Is.All.EqualTo(Verdict.Undecided));
    }

    [Test]
    public void The_forms_are_the_agreed_ones()
    {
        var results = TestCells.Results(Pairs()) with { Labels = TestLabels.All };
        List<ClaimResult> claims = [Judge(Comparison.Replace("HOLDS", "holds: most"), results), Judge("claims: [{ id: b, says: nobody measured it, place: Sec. 1, metric: x, of: { method: a }, is: above, than: { method: b } }]", results)];
        using (Assert.EnterMultipleScope())
        {
            Snapshot.Check("claims.csv", CsvFile.Render(ClaimsCsv.Header, ClaimsCsv.Rows(claims)));
            Snapshot.Check("claims.md", ClaimsText.Markdown(results, claims));
            Snapshot.Check("claims.txt", ClaimsText.Lines(claims));
        }
    }

    private static CellRow[] Pairs()
    {
        double[] noise = [0, 0.1, -0.1];
        return [.. ((string[])["5", "10"]).SelectMany(nfe => noise.SelectMany((e, s) => (CellRow[])
        [
            TestCells.Fd("dsm-ve", s, 9, ("nfe", nfe)), TestCells.Fd("stf-ve", s, 5 + e, ("nfe", nfe)),
        ])), .. noise.SelectMany((e, s) => (CellRow[])[TestCells.Fd("dsm-edm", s, 2), TestCells.Fd("stf-edm", s, 2 + e)])];
    }

    private static AnalysisResult Analysis() => new(
        new Dictionary<string, string> { ["analysis"] = "variance", ["dataset"] = "d", ["method"] = "data", ["seed"] = "0" }, "k", "ok", null,
        ["sigma", "quantity", "n", "value", "se"],
        [["1", "v-dsm", "", "1", "0.1"], ["1", "v-stf", "4", "1.01", "0.1"], ["1", "v-stf", "16", "0.99", "0.1"], ["9", "v-dsm", "", "8", "0.1"], ["9", "v-stf", "4", "4", "0.1"], ["9", "v-stf", "16", "1", "0.1"]]);

    private static Trial Nothing(Random random, int seeds, double shift = 0)
    {
        double[] values = [.. Enumerable.Range(0, seeds).Select(_ => shift + (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
        return new("", new(Expected.Below, 0), level => Estimate.Of(values, level));
    }

    private static ClaimResult Judge(string yaml, params CellRow[] cells) => Judge(yaml, TestCells.Results(cells) with { Labels = TestLabels.All });

    private static ClaimResult Judge(string yaml, Results results)
    {
        using var scratch = new ScratchFolder();
        return ClaimResult.Of(ClaimReader.Read(scratch.Write("claims.yaml", yaml)).Single(), Leaderboard.Of(results));
    }
}
