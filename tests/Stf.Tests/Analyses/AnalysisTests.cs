using Dfx.Stf.Analyses;
using Dfx.Stf.Tests.Targets;
using Dfx.Stf.Tests.Training;

namespace Dfx.Stf.Tests.Analyses;

[TestFixture]
internal sealed class AnalysisTests
{
    [Test]
    public void Variance_falls_with_n_and_has_its_peak_where_theory_says()
    {
        var table = new VarianceAnalysis(new(Levels: 9, SigmaMin: 0.5, SigmaMax: 40, ReferenceBatch: 16, States: 64, Batches: 16)).Run(Context(new GaussianData()));
        var exact = Rows(table, "v-dsm-between");
        var peak = exact.MaxBy(r => r.Value).Sigma;
        Assert.That(Math.Log(peak / (8 / 3.655)), Is.Zero.Within(Math.Log(80) / 16));

        // At lower levels a few states in a million make the variance.
        foreach (var level in Rows(table, "v-dsm").Zip(exact).Where(l => l.First.Sigma > 2))
        {
            Assert.That(level.First.Value, Is.EqualTo(level.Second.Value).Within(4 * level.First.Error!.Value));
        }

        var last = Rows(table, "v-stf").Where(r => r.Sigma == exact[^1].Sigma).Select(r => r.Value).ToArray();
        Assert.That(last, Has.Length.EqualTo(3));
        Assert.That(last[1] / last[0], Is.EqualTo(0.25).Within(0.06), "far away the variance is that of a mean of n");
        Assert.That(last[2] / last[0], Is.EqualTo(1 / 16.0).Within(0.02));
        Assert.That(table.Rows.Select(r => r[6]), Is.All.Null.Or.InRange(0.0, 1.0));
        foreach (var bias in Rows(table, "relative-bias").Where(r => r.Sigma > 2))
        {
            Assert.That(bias.Value, Is.Zero.Within(4 * bias.Error!.Value));
            Assert.That(bias.Error, Is.LessThan(0.05));
        }
    }

    [Test]
    public void Variance_of_a_dataset_falls_to_that_of_the_data()
    {
        var options = new VarianceOptions(VarianceData.Dataset, Points: 64, Levels: 3, SigmaMin: 1e-3, SigmaMax: 1e3, ReferenceBatch: 4, States: 32, Batches: 8);
        var table = new VarianceAnalysis(options).Run(Context(new GaussianData(side: 4)));
        var dsm = Rows(table, "v-dsm");
        Assert.That(dsm[0].Value, Is.Zero);
        Assert.That(dsm[2].Value * 1e12, Is.EqualTo(16 * 0.25).Within(20).Percent);
        Assert.That(Rows(table, "divergence").Select(r => r.Value), Is.Ordered.Descending);
        Assert.That(Rows(table, "divergence")[0].Value, Is.EqualTo((63 * 63) + (8.0 * 63 / (27 * 64))).Within(1e-6));
    }

    [Test]
    public void References_are_one_close_by_and_all_far_away()
    {
        var options = new ReferencesOptions(ProcessKind.Ve, 200, 1e-2, 1e3, 5, 50);
        var table = new ReferencesAnalysis(options).Run(Context(new GaussianData(side: 4)));
        Assert.That(table.Rows, Has.Count.EqualTo(6));
        Assert.That((double)table.Rows[0][3]!, Is.EqualTo(1).Within(1e-3));
        Assert.That((double)table.Rows[4][3]!, Is.EqualTo(200).Within(1));
        Assert.That((double)table.Rows[0][5]!, Is.Zero);
        Assert.That((double)table.Rows[4][5]!, Is.EqualTo(1));
        Assert.That((double)table.Rows[5][2]!, Is.EqualTo(1).Within(1e-9));

        // VE draws are log-uniform in 0.02 to 100, which the bin from 10 to 100 has a share of.
        Assert.That((double)table.Rows[3][2]!, Is.EqualTo(Math.Log(10) / Math.Log(5000)).Within(0.01));
    }

    [Test]
    public void The_error_of_a_denoiser_is_its_distance_from_the_best_one()
    {
        using var scope = torch.NewDisposeScope();
        var data = new GaussianData(40, side: 4);
        using var model = new ExactDenoiser(data.Read(Split.Train, [.. Enumerable.Range(0, 40)]), 0.1);
        var context = Context(data) with { Trained = [new(1, 10, 1, model)] };
        var table = new ErrorAnalysis(new(Levels: 3)).Run(context);
        Assert.That(table.Rows.Select(r => (double)r[2]!), Is.All.EqualTo(0.1).Within(1e-5));
        Assert.That((double)table.Rows[2][4]!, Is.EqualTo(0.1 / 80).Within(1e-6));
        Assert.That(() => new ErrorAnalysis(new()).Run(Context(data)), Throws.TypeOf<NotApplicableException>());
    }

    [Test]
    public void Overhead_has_a_row_for_every_n()
    {
        var table = new OverheadAnalysis(new(ProcessKind.Edm, 4, 16, 2)).Run(Context(new GaussianData(20, side: 4)));
        Assert.That(table.Rows.Select(r => r[0]), Is.EqualTo(new object?[] { null, 4L, 8L, 16L }));
        Assert.That(table.Rows.Select(r => r[5]), Is.All.GreaterThan(0.0));
        Assert.That(table.Rows.Skip(1).Select(r => r[7]), Is.All.GreaterThan(0.0));
    }

    [Test]
    public void Equal_contexts_give_equal_tables()
    {
        object?[][] Run() => [.. new VarianceAnalysis(new(Levels: 3, ReferenceBatch: 4, States: 8, Batches: 4)).Run(Context(new GaussianData())).Rows.Select(r => r.ToArray())];
        var first = Run();
        Assert.That(Run(), Is.EqualTo(first));
    }

    private static AnalysisContext Context(IDataSource data) => new() { Model = Runs.Context(data).Model, Store = new SilentHost(), Progress = new SilentHost() };

    private static List<(double Sigma, double Value, double? Error)> Rows(AnalysisTable table, string quantity) =>
        [.. table.Rows.Where(r => (string)r[2]! == quantity).Select(r => ((double)r[1]!, (double)r[4]!, (double?)r[5]))];
}
