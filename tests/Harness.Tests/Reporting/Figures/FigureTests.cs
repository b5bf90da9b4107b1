using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>Figures from results that are made by hand.</summary>
public sealed class FigureTests
{
    /// <summary>By hand: dsm has 10 + 50/5 and one more for seed 1, so mean 20.5 between 20 and 21.</summary>
    [Test]
    public void Data_are_the_agreed_ones() => Assert.That(FigureData.Render(Nfe(MadeResults.Of(MadeResults.Grid()))), Is.EqualTo(
        """
        x,y,low,high,seeds,panel,series


        5,20.5,20,21,2,"ddim","dsm"
        35,11.928571428571429,11.428571428571429,12.428571428571429,2,"ddim","dsm"


        5,30.5,30,31,2,"ddim","p2"
        35,21.928571428571427,21.428571428571427,22.428571428571427,2,"ddim","p2"


        5,20.5,20,21,2,"heun","dsm"
        35,11.928571428571429,11.428571428571429,12.428571428571429,2,"heun","dsm"


        5,30.5,30,31,2,"heun","p2"
        35,21.928571428571427,21.428571428571427,22.428571428571427,2,"heun","p2"

        """));

    /// <summary>A method that is added elsewhere in the alphabet may move colours, but within one report a name has one look.</summary>
    [Test]
    public void A_method_looks_the_same_in_every_figure()
    {
        var looks = FigureList.Of(MadeResults.Of(MadeResults.Grid()), [])
            .SelectMany(figure => figure.Panels).SelectMany(panel => panel.Series).Select(series => (Name: series.Name.Split(", ")[0], series.Style)).Distinct().ToList();
        Assert.That(looks.Select(look => look.Name), Is.EquivalentTo(new[] { "dsm", "p2" }));
    }

    /// <summary>A method's best sampler is the one with the best mean at any budget, and all of its budgets are shown.</summary>
    [Test]
    public void Each_method_is_shown_with_its_best_sampler()
    {
        var figure = FigureList.Of(
            MadeResults.Of(
            [
                MadeResults.Cell("a", "heun", 5, 0, 40), MadeResults.Cell("a", "heun", 35, 0, 3), MadeResults.Cell("a", "ddim", 5, 0, 20), MadeResults.Cell("a", "ddim", 35, 0, 4),
                MadeResults.Cell("b", "heun", 5, 0, 50), MadeResults.Cell("b", "heun", 35, 0, 6), MadeResults.Cell("b", "ddim", 5, 0, 30), MadeResults.Cell("b", "ddim", 35, 0, 5),
            ]),
            [])[0];
        Assert.That(figure.Name, Is.EqualTo("best-fd_d_generate"));
        Assert.That(figure.Panels.Single().Series.Select(s => $"{s.Name}: {string.Join(' ', s.Points.Select(p => p.Y))}"), Is.EqualTo(new[] { "a, heun: 40 3", "b, ddim: 30 5" }));
    }

    [Test]
    public void One_sampler_or_one_method_needs_no_figure_of_the_best([Values] bool oneSampler)
    {
        var cells = MadeResults.Grid().Where(cell => oneSampler ? cell.Axes["sampler"] == "heun" : cell.Axes["method"] == "dsm");
        Assert.That(FigureList.Of(MadeResults.Of([.. cells]), []).Select(figure => figure.Name), Has.None.StartsWith("best").And.Some.StartsWith("nfe"));
    }

    [Test]
    public void Forty_nine_names_look_different()
    {
        var names = Enumerable.Range(0, 49).Select(i => $"m{i:00}").ToList();
        var palette = new Palette(names);
        Assert.That(names.Select(name => palette.Of(name)).Distinct().Count(), Is.EqualTo(49));
    }

    /// <summary>Two checkpoints: the figure over NFE shows the last alone, the one over training time both.</summary>
    [Test]
    public void Checkpoints_stand_over_training_time_alone()
    {
        var figures = FigureList.Of(
            MadeResults.Of(
            [
                MadeResults.Cell("dsm", "heun", 5, 0, 40, "0.5", 50), MadeResults.Cell("dsm", "heun", 35, 0, 30, "0.5", 50),
                MadeResults.Cell("dsm", "heun", 5, 0, 20), MadeResults.Cell("dsm", "heun", 35, 0, 10),
            ]), []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figures.Select(figure => figure.Name), Is.EqualTo(new[] { "nfe-fd_d_generate", "training-fd_d_generate" }));
            Assert.That(Points(figures[0]), Is.EqualTo(new[] { (5.0, 20.0), (35.0, 10.0) }));
            Assert.That(Points(figures[1]), Is.EqualTo(new[] { (50.0, 30.0), (100.0, 10.0) }));
        }
    }

    /// <summary>Checkpoints of a correction are points of one line, whatever it is called; all else shows its end alone.</summary>
    [TestCase("residual", "residual at 0.25")]
    [TestCase("residual from dsm", "residual at 0.25 from dsm")]
    public void Checkpoints_of_a_correction_stand_over_its_training(string end, string early)
    {
        Dictionary<string, string> Words(string checkpoint) => new() { ["id"] = "residual", ["checkpoint"] = checkpoint };
        var cells = ((string Correction, double Value)[])[("none", 30), (early, 20), (end, 10), ("other", 15)];
        var figures = FigureList.Of(
            MadeResults.Of([.. cells.Select(c => With(MadeResults.Cell("dsm", "heun", 35, 0, c.Value), c.Correction)), .. cells.Select(c => With(MadeResults.Cell("dsm", "heun", 5, 0, c.Value + 50), c.Correction))]) with
            {
                Labels = new(new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>
                {
                    ["correction"] = new Dictionary<string, IReadOnlyDictionary<string, string>> { [early] = Words("0.25"), [end] = Words("1"), ["other"] = new Dictionary<string, string> { ["id"] = "other" } },
                }),
            },
            []);
        var correction = figures.Single(figure => figure.Name == "correction-fd_d_generate");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Points(correction), Is.EqualTo(new[] { (0.25, 20.0), (1.0, 10.0) }));
            Assert.That(figures.Single(figure => figure.Name == "bars-fd_d_generate").Categories, Is.EquivalentTo(new[] { "dsm", $"dsm + {end}", "dsm + other" }));
            Assert.That(figures.Single(figure => figure.Name == "nfe-fd_d_generate").Panels.Single().Series, Has.Count.EqualTo(3));
        }
    }

    private static CellRow With(CellRow cell, string correction) => cell with { Axes = new Dictionary<string, string>(cell.Axes) { ["correction"] = correction } };

    [Test]
    public void Different_protocols_and_settings_are_never_mixed()
    {
        var cells = MadeResults.Grid();
        var other = cells.Select(cell => cell with { Axes = new Dictionary<string, string>(cell.Axes) { ["samples"] = "999" } });
        var figures = FigureList.Of(MadeResults.Of([.. cells, .. other]), []);
        Assert.That(figures.Select(figure => figure.Caption).Where(caption => caption.Contains("16 samples", StringComparison.Ordinal) && caption.Contains("999", StringComparison.Ordinal)), Is.Empty);
        var names = figures.Select(figure => figure.Name).Where(name => name.StartsWith("nfe-fd_d_generate", StringComparison.Ordinal)).ToList();
        Assert.That(names, Has.Count.EqualTo(2).And.Unique.And.All.Match("^nfe-fd_d_generate_[0-9a-f]{8}$"), "neither is the one that stands alone");
    }

    [Test]
    public void Of_more_methods_than_anybody_reads_the_best_are_shown()
    {
        var cells = Enumerable.Range(0, 30).SelectMany(i => ((int[])[5, 35]).Select(nfe => MadeResults.Cell($"m{i:00}", "heun", nfe, 0, 100 - i))).ToArray();
        var figure = Nfe(MadeResults.Of(cells));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figure.Legend.Select(series => series.Name), Is.EqualTo(Enumerable.Range(6, 24).Select(i => $"m{i:00}")));
            Assert.That(figure.Caption, Does.Contain("the best 24 of 30 methods"));
        }
    }

    [Test]
    public void What_is_infinite_moves_no_limit()
    {
        double[] values = [1, 2, 3];
        double[] more = [.. values, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Axis.Fit("", more).Max, Is.EqualTo(Axis.Fit("", values).Max));
            Assert.That(Axis.Fit("", more).Min, Is.EqualTo(Axis.Fit("", values).Min));
            Assert.That(Axis.FromZero("", more).Max, Is.EqualTo(Axis.FromZero("", values).Max));
            Assert.That(Axis.At("", more).Ticks, Is.EqualTo(values));
            Assert.That(Axis.Fit("", [double.NaN]).Max, Is.GreaterThan(0).And.LessThan(1));
        }
    }

    [TestCase(123456789.1, 123456789.2)]
    [TestCase(1e-310, 1)]
    [TestCase(-1e299, 1e299)]
    [TestCase(5, 5)]
    [TestCase(0, 0)]
    [TestCase(1, 9e299)]
    [TestCase(5e-324, 1e-300)]
    [TestCase(5e-324, 1e299)]
    [TestCase(0, 5e-324)]
    [TestCase(-0.0, 0)]
    [TestCase(1, 1.0000000000000002)]
    public void An_axis_holds_its_values(double low, double high)
    {
        var axis = Axis.Fit("", [low, high]);
        Assert.That((axis.Min, axis.Max), Is.EqualTo((Math.Min(axis.Min, low), Math.Max(axis.Max, high))));
        Assert.That(axis.Max, Is.GreaterThan(axis.Min).And.LessThan(double.PositiveInfinity));
        Assert.That(axis.Ticks.Concat(Axis.At("", [low, high]).Ticks).Concat(Axis.FromZero("", [low, high]).Ticks), Is.All.Matches<double>(double.IsFinite));
    }

    private static Figure Nfe(Dfx.Harness.Reporting.Results results) => FigureList.Of(results, []).Single(figure => figure.Name.StartsWith("nfe-", StringComparison.Ordinal));

    private static IEnumerable<(double X, double Y)> Points(Figure figure) => figure.Panels.Single().Series.Single().Points.Select(p => (p.X, p.Y));
}
