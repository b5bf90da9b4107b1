using Dfx.Harness.Reporting.Figures.Makers;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>Which column of an analysis' table is what.</summary>
public sealed class CurveTests
{
    /// <summary>Columns, rows, and the curves that a person would draw: horizontal axis, number of curves, points of the first.</summary>
    private static IEnumerable<TestCaseData> Tables()
    {
        yield return new TestCaseData("sigma,reference-batch,variance", "0.1,1,5;1,1,4;0.1,8,2;1,8,1", "sigma", 2, 2).SetName("Variance_against_sigma");
        yield return new TestCaseData("sampler,nfe,step,sigma", "heun,2,0,80;heun,2,1,0;ddim,3,0,80;ddim,3,1,9;ddim,3,2,0", "step", 2, 2).SetName("Levels_of_a_schedule");
        yield return new TestCaseData("sigma,fraction,error", "0.01,,1;0.1,,2;1,,3", "sigma", 1, 3).SetName("An_empty_column");
        yield return new TestCaseData("sigma,value,standard-error,value-low,value-high", "1,1,2,3,4;2,1,2,3,4;3,1,2,3,4", "sigma", 1, 3).SetName("Neither_is_the_interval_of_a_value");
        yield return new TestCaseData("sigma,standard-error", "1,1;2,1;3,1", "sigma", 1, 3).SetName("Unless_there_is_nothing_else");
        yield return new TestCaseData("sigma-low,sigma-high,share,share-se", "0.1,1,5,1;1,2,4,1;2,3,2,1", "sigma-low", 1, 3).SetName("What_says_more_about_another_is_no_curve");
        yield return new TestCaseData("kernel,milliseconds", "a,1;b,2", null, 0, 0).SetName("No_curve");
    }

    [TestCaseSource(nameof(Tables))]
    public void A_table_becomes_its_curves(string columns, string rows, string? horizontal, int curves, int points)
    {
        var table = new CurveTable("analysis", columns.Split(','), [.. rows.Split(';').Select(row => row.Split(','))]);
        var figures = CurveFigures.Make(table).ToList();
        Assert.That(figures, Has.Count.EqualTo(horizontal is null ? 0 : 1));
        foreach (var figure in figures)
        {
            Assert.That(figure.X.Title, Is.EqualTo(horizontal));
            Assert.That(figure.Panels.Single().Series, Has.Count.EqualTo(curves));
            Assert.That(figure.Panels.Single().Series[0].Points, Has.Count.EqualTo(points));
        }
    }

    /// <summary>A process that begins just above t = 0 is none of many decades; noise levels and seconds may be.</summary>
    [TestCase("t", "0.00001,1;0.5,2;1,3", false)]
    [TestCase("time", "0.00001,1;0.5,2;1,3", false)]
    [TestCase("sigma", "0.00001,1;0.5,2;1,3", true)]
    [TestCase("time", "0.00001,1;0.5,2;100,3", true)]
    public void Time_from_0_to_1_has_a_linear_axis(string column, string rows, bool log)
    {
        var table = new CurveTable("analysis", [column, "value"], [.. rows.Split(';').Select(row => row.Split(','))]);
        Assert.That(CurveFigures.Make(table).Single().X.IsLog, Is.EqualTo(log));
    }
}
