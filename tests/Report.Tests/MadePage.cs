using Dfx.Data.Images;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Figures.Makers;
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
        VerdictRow[] verdicts = [new("a beats b", "reproduced", 1, 0.5, 2, 3), new("c beats d", "contradicted", -1, -2, -0.5, 3), new("e beats f", "undecided", 0.1, -1, 1, 3)];
        var path = Path.Combine(folder, "report.html");
        ReportPage.Write(
            path,
            new()
            {
                Results = results,
                Manifest = MadeResults.Manifest(),
                Figures = [ClaimsFigure.Make(verdicts, "difference of fd")!, .. FigureList.Of(results, [Curve])],
                Sheets = [new("s", "Samples", "Of one seed.", "NFE", ["5", "35"], [new("dsm", [Grey, null])])],
                Tables = [new("t", "A table", "As in the paper.", ["method", "fd"], [["dsm", "1.97"]])],
                Claims = [.. verdicts.Select(verdict => new ClaimEntry("Somebody, 2024", verdict, "because"))],
            },
            Libraries);
        return path;
    }

    /// <summary>A page of many cells, three seeds a row.</summary>
    internal static string WriteLarge(string folder, int cells)
    {
        var rows = Enumerable.Range(0, cells / 3).SelectMany(i => Enumerable.Range(0, 3).Select(seed =>
            MadeResults.Cell($"m{i % 97}", $"s{i / 97 % 23}", 5 + (i / (97 * 23)), seed, 1 + (i % 1009) + (seed / 10.0))));
        var path = Path.Combine(folder, "report.html");
        var results = MadeResults.Of([.. rows]);
        ReportPage.Write(path, new() { Results = results, Manifest = MadeResults.Manifest() }, Libraries);
        return path;
    }

    private static CellRow Checkpoint(CellRow cell)
    {
        var axes = new Dictionary<string, string>(cell.Axes) { ["checkpoint"] = "0.5", ["steps"] = "500" };
        return cell with { Axes = axes, Key = new string('0', 32) + cell.Key[..32], Timing = cell.Timing! with { TrainSeconds = 50 } };
    }

    private static CurveTable Curve => new("Target variance", ["sigma", "reference-batch", "variance"],
        [.. ((string[])["1", "8"]).SelectMany(batch => ((string[])["0.01", "0.1", "1", "10"]).Select(sigma => (string[])[sigma, batch, sigma]))]);

    private static PixelImage Grey => new(64, 64, 1, Enumerable.Range(0, 64 * 64).Select(i => (byte)i).ToArray());

    private static string Checkout(string folder) => File.Exists(Path.Combine(folder, "Dfx.sln")) ? folder : Checkout(Path.GetDirectoryName(folder)!);
}
