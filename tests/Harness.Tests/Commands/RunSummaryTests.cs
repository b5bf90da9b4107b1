using Dfx.Harness.Commands;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Reporting;

namespace Dfx.Harness.Tests.Commands;

/// <summary>What a run says at its end: who leads at each budget, the verdicts, and where to look.</summary>
public sealed class RunSummaryTests
{
    [Test]
    public void The_best_of_each_budget_and_the_verdicts_are_told()
    {
        var cells = from method in ((string Name, double Mean)[])[("a", 1), ("bb", 5)]
                    from nfe in (int[])[5, 35]
                    from seed in (int[])[0, 1]
                    select MadeResults.Cell(method.Name, "heun", nfe, seed, method.Mean + (nfe == 5 ? seed / 100.0 : 9 * seed));
        ClaimResult[] claims = [MadeClaims.Below("measured", Verdict.Reproduced, [-1, -1.1, -0.9]), MadeClaims.Below("not measured", Verdict.Undecided)];
        Assert.That(Said(new(Leaderboard.Of(MadeResults.Of([.. cells])), [], claims)).Take(6), Is.EqualTo(new[]
        {
            "8 cells: 8 ok",
            "the lowest mean at each budget, ± half of the 95 % interval over the seeds:",
            "  dataset  task      NFE  method  sampler  fd             seeds",
            "  d        generate  5    a       heun     1.005 ± 0.064  2      apart from the next",
            "  d        generate  35   a       heun     6 ± 57         2",
            "1 of 2 claims of the papers were measured: 1 reproduced",
        }));
    }

    [Test]
    public void Of_many_budgets_a_screenful_is_told()
    {
        var cells = Enumerable.Range(1, 20).Select(nfe => MadeResults.Cell("a", "heun", nfe, 0, 1));
        Assert.That(Said(new(Leaderboard.Of(MadeResults.Of([.. cells])), [], [])), Has.Member("  … and 8 more on the page").And.None.Contains("claims"));
    }

    private static string[] Said(Evaluated evaluated)
    {
        using var scratch = new ScratchFolder();
        var output = new StringWriter();
        _ = RunSummary.Write(output, evaluated, new ResultsFolder(scratch.Path));
        return output.ToString().Split('\n');
    }
}
