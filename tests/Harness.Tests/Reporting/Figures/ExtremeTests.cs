using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Figures.Pictures;
using Dfx.Harness.Reporting.Figures.Vega;
using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>Finite numbers of any size in figures and tables.</summary>
public sealed class ExtremeTests
{
    private static readonly double[] s_extremes =
        [1e308, -1e308, double.MaxValue, -double.MaxValue, 5e-324, -5e-324, -0.0, 0, 1, 1.0000000000000002, 1e-300, 9e299, -9e299, 1e300, 1e15, 2.2250738585072014e-308];

    [Test]
    public void Every_pair_has_axes()
    {
        foreach (var (a, b) in s_extremes.SelectMany(a => s_extremes.Select(b => (a, b))))
        {
            foreach (var axis in (Axis[])[Axis.Fit("", [a, b]), Axis.Fit("", [a, b, 1]), Axis.At("", [a, b]), Axis.FromZero("", [a, b]), Axis.Fit("", [a, b], mayBeLog: false)])
            {
                Assert.That((double[])[axis.Min, axis.Max, .. axis.Ticks], Is.All.Matches<double>(double.IsFinite), $"{a} and {b}");
                Assert.That(axis.Max, Is.GreaterThan(axis.Min), $"{a} and {b}");
            }
        }
    }

    [Test]
    public void Extremes_are_drawn_and_written([Range(0, 15)] int first)
    {
        var (one, other) = (s_extremes[first], s_extremes[(first + 7) % s_extremes.Length]);
        var results = MadeResults.Of(
        [
            .. from seed in (int[])[0, 1]
               from nfe in (int[])[5, 35]
               from method in (string[])["a", "b"]
               select MadeResults.Cell(method, "heun", nfe, seed, seed == 0 ? one : other, trainSeconds: Math.Abs(other)),
            MadeResults.Cell("a", "heun", 5, 0, other, "0.5", Math.Abs(one)),
        ]);
        var table = new CurveTable("analysis", ["sigma", "value"], [[CsvFile.Text(one), CsvFile.Text(other)], [CsvFile.Text(other), CsvFile.Text(one)], ["1", "2"]]);
        foreach (var figure in FigureList.Of(results, [table]))
        {
            _ = VegaLite.Text(figure) + FigureData.Render(figure);
            using var picture = FigurePlot.Of(figure);
            Assert.That(picture.Svg(), Is.Not.Empty);
        }

        var evaluated = Evaluated.Of(results, DefinitionSet.None);
        Assert.That(LeaderboardGrid.Of(evaluated.Board, 10).Select(grid => MarkdownGrid.Render(grid) + LatexGrid.Render(grid)), Is.All.Not.Contains("NaN"));
    }
}
