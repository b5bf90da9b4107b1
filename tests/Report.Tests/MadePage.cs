using Dfx.Data.Images;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Html;
using Dfx.Harness.Tests.Reporting;

namespace Dfx.Report.Tests;

/// <summary>Pages of results that are made by hand, with something in every section.</summary>
internal static class MadePage
{
    /// <summary>The scripts that the launcher got for the host.</summary>
    private static string Libraries { get; } = Path.Combine(Checkout(TestContext.CurrentContext.TestDirectory), "artifacts", "bin", "Harness", "release", "web");

    /// <summary>A page with every section.</summary>
    internal static string Write(string folder)
    {
        Assume.That(Directory.Exists(Libraries), $"{Libraries} is missing: ./dfx test gets it with npm");
        var results = MadeResults.Of(
        [
            .. MadeResults.Grid(), .. MadeResults.Grid().Select(cell => Checkpoint(cell)),
            MadeResults.Failed("broken", "heun", 5, 0, "error", "it broke\non two lines"), MadeResults.Failed("idle", "heun", 5, 0, "missing", ""),
        ]);
        ClaimResult[] claims =
        [
            MadeClaims.Below("a beats b", Verdict.Reproduced, [-1, -1.1, -0.9]),
            MadeClaims.Below("c beats d", Verdict.Contradicted, [1, 1.2, 0.9], [-1, -1.1, -1.2]),
            MadeClaims.Below("e beats f", Verdict.Undecided, [1, -1, 0]),
        ];
        var path = Path.Combine(folder, "report.html");
        ReportPage.Write(
            path,
            new()
            {
                Board = Leaderboard.Of(results),
                Manifest = MadeResults.Manifest(),
                Figures = [ClaimsFigure.Make(VerdictRows.Of(claims), VerdictRows.Axis)!, .. FigureList.Of(results, [Curve])],
                Sheets = [new("s", "Samples", "Of one seed.", "NFE", ["5", "35"], [new("dsm", [Grey, null])])],
                Tables = [Table],
                Claims = claims,
            },
            Libraries);
        return path;
    }

    /// <summary>A page of many cells, three seeds a row.</summary>
    internal static string WriteLarge(string folder, int cells)
    {
        var rows = Enumerable.Range(0, cells / 3).SelectMany(i => Enumerable.Range(0, 3).Select(seed =>
            MadeResults.Cell($"m{i % 97}", $"s{i / 97 % 23}", 5 + (i / (97 * 23)), seed, 1 + (i % 1009) + (seed / 10.0))));
        return WriteBoard(folder, [.. rows]);
    }

    /// <summary>A page of a leaderboard alone.</summary>
    internal static string WriteBoard(string folder, params CellRow[] cells)
    {
        var path = Path.Combine(folder, "board.html");
        ReportPage.Write(path, new() { Board = Leaderboard.Of(MadeResults.Of(cells)), Manifest = MadeResults.Manifest() }, Libraries);
        return path;
    }

    private static CellRow Checkpoint(CellRow cell)
    {
        var axes = new Dictionary<string, string>(cell.Axes) { ["checkpoint"] = "0.5", ["steps"] = "500" };
        return cell with { Axes = axes, Key = new string('0', 32) + cell.Key[..32], Timing = cell.Timing! with { TrainSeconds = 50 } };
    }

    private static Grid Table => new()
    {
        Title = "A table",
        Header = [[new(""), GridCell.Number("FID") with { Span = 2 }], [new(""), GridCell.Number("paper"), GridCell.Number("measured")]],
        Rows = [[new("a group") { Span = 3, Bold = true }], [new("dsm"), GridCell.Number("1.97"), GridCell.Number("2.5") with { Bold = true }]],
        Notes = ["As in the paper."],
    };

    private static CurveTable Curve => new("Target variance", ["sigma", "reference-batch", "variance"],
        [.. ((string[])["1", "8"]).SelectMany(batch => ((string[])["0.01", "0.1", "1", "10"]).Select(sigma => (string[])[sigma, batch, sigma]))]);

    private static PixelImage Grey => new(64, 64, 1, Enumerable.Range(0, 64 * 64).Select(i => (byte)i).ToArray());

    private static string Checkout(string folder) => File.Exists(Path.Combine(folder, "Dfx.sln")) ? folder : Checkout(Path.GetDirectoryName(folder)!);
}
