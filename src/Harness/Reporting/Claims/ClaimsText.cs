using System.Text;
using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>Claims as Markdown: the verdicts, then for each claim what stands behind it.</summary>
internal static class ClaimsText
{
    private const int MostTrials = 50;

    private static readonly string[] s_notes =
    [
        "An effect is a mean of differences paired by seeds, with Student's 95 % interval: at most 2.5 % of wrong verdicts of each kind, if such differences are normal. One seed decides nothing.",
        "A verdict is about this scale and these data, not about the paper's.",
    ];

    internal static string Markdown(Results results, IReadOnlyList<ClaimResult> claims)
    {
        var text = new StringBuilder(MarkdownGrid.Render(new()
        {
            Title = $"{results.Matrix}: claims",
            Header = [[new("claim"), new("verdict"), new("says"), new("place"), new("grounds")]],
            Rows = [.. claims.Select(c => (IReadOnlyList<GridCell>)[new(c.Claim.Id), new(ClaimsCsv.Word(c.Verdict)), new(c.Claim.Says), new(c.Claim.Place), new(c.Why)])],
            Notes = s_notes,
        }));
        foreach (var claim in claims.Where(c => c.IsMeasured))
        {
            text.Append('\n').Append(MarkdownGrid.Render(Trials(claim), depth: 3));
        }

        return text.ToString();
    }

    /// <summary>For a terminal: a line a claim, and below it what stands behind it.</summary>
    internal static string Lines(IEnumerable<ClaimResult> claims)
    {
        var text = new StringBuilder();
        foreach (var claim in claims)
        {
            text.Append($"{ClaimsCsv.Word(claim.Verdict),-12}  {claim.Claim.Id}: {claim.Claim.Says} ({claim.Claim.Place})\n");
            text.Append($"              {claim.Why}\n");
            foreach (var trial in claim.Trials.Take(MostTrials).Where(trial => trial.Effect is not null))
            {
                text.Append($"              {trial.Problem ?? ClaimsCsv.Supports(trial)}: {trial.Where}: {Digits.Of(trial.Effect, signed: true)}, expected {Expected(trial.Expected)}\n");
            }
        }

        return text.Length > 0 ? text.ToString() : "the results have no claims: none of their plugins brings any\n";
    }

    /// <summary>The grid of one claim's comparisons.</summary>
    internal static Grid Trials(ClaimResult claim) => new()
    {
        Title = $"{claim.Claim.Id}: {ClaimsCsv.Word(claim.Verdict)}",
        Header = [[new("comparison"), new("expected"), GridCell.Number("effect"), GridCell.Number("seeds"), new("bears it out")]],
        Rows = [.. claim.Trials.Take(MostTrials).Select(Row)],
        Notes = [.. Cut(claim), claim.Claim.Says, .. claim.Trials.Select(t => t.Scale).Where(s => s.Length > 0).Distinct().Take(5)],
    };

    private static IReadOnlyList<GridCell> Row(Trial trial) =>
    [
        new(trial.Where), new(Expected(trial.Expected)), GridCell.Number(Digits.Of(trial.Effect, signed: true)), GridCell.Number(CsvFile.Text(trial.Effect?.Count)),
        new(trial.Problem ?? ClaimsCsv.Supports(trial)),
    ];

    private static string Expected(Expectation expected) => expected.Direction switch
    {
        Claims.Expected.Below => $"< {Digits.Of(-expected.Margin)}",
        Claims.Expected.Above => $"> {Digits.Of(expected.Margin)}",
        _ => $"within {Digits.Of(expected.Margin)}",
    };

    private static IEnumerable<string> Cut(ClaimResult claim) =>
        claim.Trials.Count <= MostTrials ? [] : [$"Only the first {MostTrials} of {CsvFile.Text(claim.Trials.Count)} comparisons are shown; claims.csv has all of them."];
}
