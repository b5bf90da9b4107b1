using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Tests.Pairs;

/// <summary>The best function of y_b on Gaussian data, in closed form: it does not lead back to x0, since y_a has lost it.</summary>
[TestFixture]
internal sealed class OptimumTests
{
    private const double S = 0.5;
    private const int Count = 1 << 20;
    private static readonly double[] s_grid = Grids.Karras(0.002, 80, 18);

    private static double Variance(double sigma) => (S * S) + (sigma * sigma);

    private static double Gain(int a, int b) => S * S / Math.Sqrt(Variance(s_grid[a]) * Variance(s_grid[b]));

    [TestCase(PairSolver.Heun, 0.636537926)]
    [TestCase(PairSolver.Euler, null)]
    [TestCase(null, 0.648815040)]
    public void Its_gain_is_the_published_one_and_its_loss_that_of_denoising_at_the_start(PairSolver? solver, double? published)
    {
        using var scope = torch.NewDisposeScope();
        var (clean, z) = (Problem.Normal("x", Count, 1, 1, 1) * S, Problem.Normal("z", Count, 1, 1, 1));
        var start = clean + (z * s_grid[11]);
        var y = solver is { } s
            ? new Flow(FormulaDenoiser.Gaussian(), s, s_grid).Down(start, [.. Enumerable.Repeat(11, Count)], [.. Enumerable.Repeat(15, Count)])
            : start * Math.Sqrt(Variance(s_grid[15]) / Variance(s_grid[11]));
        var gain = ((y * clean).sum() / y.square().sum()).ToDouble();
        var loss = ((y * gain) - clean).square().mean().ToDouble();
        Assert.That(loss, Is.EqualTo(0.144538).Within(1e-3));
        Assert.That(S * S * s_grid[11] * s_grid[11] / Variance(s_grid[11]), Is.EqualTo(0.144538).Within(1e-6));
        if (published is { } p)
        {
            Assert.That(gain, Is.EqualTo(p).Within(3e-3));
        }
    }

    [Test]
    public void Closed_forms_are_the_published_numbers()
    {
        Assert.That(Gain(11, 15), Is.EqualTo(0.648815040).Within(1e-8));
        Assert.That(Gain(14, 16), Is.EqualTo(0.992776693).Within(1e-8));
        Assert.That(Gain(0, 16), Is.EqualTo(0.00625).Within(1e-5));
    }

    [Test]
    public void It_is_near_the_identity_only_where_both_levels_are_low()
    {
        for (var a = 0; a < 16; a++)
        {
            for (var b = a + 1; b < 17; b++)
            {
                var (off, most) = (1 - Gain(a, b), ((s_grid[a] * s_grid[a]) + (s_grid[b] * s_grid[b])) / (2 * S * S));
                Assert.That(off, Is.GreaterThanOrEqualTo(0).And.LessThanOrEqualTo(most), $"({a}, {b})");
            }
        }
    }
}
