using Dfx.ResidualCorrection.Analyses;

namespace Dfx.ResidualCorrection.Tests.Analyses;

/// <summary>The parts of residuals on Gaussian data, against closed forms.</summary>
[TestFixture]
internal sealed class GapAnalysisTests
{
    private const double S = 0.5;

    [Test]
    public void Parts_are_those_of_the_closed_forms()
    {
        using var model = FormulaDenoiser.Gaussian();
        var table = Run(new(States: 256, Fine: 4), model);
        double Cell(IReadOnlyList<object?> row, string column) => (double)row[table.Columns.Select(c => c.Name).ToList().IndexOf(column)]!;
        Assert.That(table.Rows, Has.Count.EqualTo(16 * 17 / 2));
        foreach (var row in table.Rows)
        {
            var (a, b) = (Cell(row, "sigma-a"), Cell(row, "sigma-b"));
            // y_b = m (x0 + sigma_a z) with m² = (s² + sigma_b²) / (s² + sigma_a²); D(y_a) - x0 has the variance s² sigma_a² / (s² + sigma_a²).
            var m = Math.Sqrt(((S * S) + (b * b)) / ((S * S) + (a * a)));
            var exact = ((1 - m) * (1 - m) * S * S) + (m * m * a * a);
            Assert.That(Cell(row, "exact"), Is.EqualTo(exact).Within(3).Percent, $"exact from {a} to {b}");
            Assert.That(Cell(row, "coupling"), Is.EqualTo(S * S * a * a / ((S * S) + (a * a))).Within(3).Percent, $"coupling at {a}");
            Assert.That(Cell(row, "noise"), Is.EqualTo(b * b));
            Assert.That(Cell(row, "residual-se"), Is.GreaterThan(0));
        }
    }

    [Test]
    public void The_solver_s_part_falls_with_its_order()
    {
        using var model = FormulaDenoiser.Gaussian();
        double Solver(GapOptions options)
        {
            var table = Run(options, model);
            return table.Rows.Max(row => (double)row[7]!);
        }

        Assert.That(Solver(new(States: 16)), Is.LessThan(0.2 * Solver(new(States: 16, Solver: ResidualCorrection.Pairs.PairSolver.Euler))));
    }

    [Test]
    public void Without_a_model_there_is_nothing_to_look_at() => Assert.That(
        () => new GapAnalysis(new()).Run(Context()), Throws.InstanceOf<NotApplicableException>().With.Message.Contain("residual-gap"));

    private static AnalysisTable Run(GapOptions options, IDenoiser model) => new GapAnalysis(options).Run(Context() with { Trained = [new(1, 10, 1, model)] });

    private static AnalysisContext Context() => new() { Model = Problem.Model(new GaussianData(256)), Store = new SilentHost(), Progress = new SilentHost() };
}
