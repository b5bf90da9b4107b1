using Dfx.ResidualCorrection.Pairs;
using MathNet.Numerics.Distributions;

namespace Dfx.ResidualCorrection.Tests.Pairs;

/// <summary>The law of start and stop, and the weights of levels under it.</summary>
[TestFixture]
internal sealed class PairLawTests
{
    private static readonly double[] s_grid = Grids.Karras(0.002, 80, 18);

    private static PairLaw Law(PairOptions? options = null) => PairLaw.Of(s_grid, options ?? new());

    [Test]
    public void Starts_and_stops_are_uniform_where_they_may_be()
    {
        const int draws = 1_000_000;
        var law = Law();
        var counts = new int[18, 18];
        var uniform = Problem.Uniform("law", draws, 2).data<double>().ToArray();
        for (var i = 0; i < draws; i++)
        {
            var a = law.DrawStart(uniform[2 * i]);
            counts[a, law.DrawStop(a, uniform[(2 * i) + 1])]++;
        }

        var (square, cells, steps) = (0.0, 0, 0.0);
        for (var a = 0; a < 18; a++)
        {
            for (var b = 0; b < 18; b++)
            {
                var possible = a <= 15 && b > a && b <= 16;
                var expected = possible ? draws / 16.0 / (16 - a) : 0;
                Assert.That(possible || counts[a, b] == 0, $"({a}, {b}) was drawn {counts[a, b]} times");
                square += possible ? Math.Pow(counts[a, b] - expected, 2) / expected : 0;
                cells += possible ? 1 : 0;
                steps += (double)counts[a, b] * (b - a) / draws;
            }
        }

        Assert.That(1 - ChiSquared.CDF(cells - 1, square), Is.GreaterThan(1e-4));
        Assert.That(steps, Is.EqualTo(4.75).Within(0.02));
    }

    [TestCase(16, 0.211)]
    [TestCase(15, 0.149)]
    [TestCase(1, 0.004)]
    public void Stops_have_the_published_probabilities(int b, double probability) => Assert.That(Law().Stop(b), Is.EqualTo(probability).Within(6e-4));

    [Test]
    public void Mean_steps_are_exact() => Assert.That(
        Enumerable.Range(0, 16).Sum(a => Law().Start(a) * Enumerable.Range(a + 1, 16 - a).Sum(b => Law().Stop(a, b) * (b - a))), Is.EqualTo(4.75).Within(1e-12));

    [TestCase(16, 0.325)]
    [TestCase(15, 0.46)]
    public void As_published_many_starts_of_late_stops_are_high(int b, double share)
    {
        var law = Law();
        var high = Enumerable.Range(0, 16).Where(a => s_grid[a] >= 1).Sum(a => law.Start(a) * law.Stop(a, b)) / law.Stop(b);
        Assert.That(high, Is.EqualTo(share).Within(6e-3));
    }

    [Test]
    public void Starts_keep_below_sigma_a_max()
    {
        var law = Law(new() { SigmaAMax = 0.3 });
        Assert.That(Enumerable.Range(0, 18).Where(a => law.Start(a) > 0), Is.EqualTo(new[] { 12, 13, 14, 15 }));
    }

    [Test]
    public void A_fixed_number_of_steps_is_kept()
    {
        var law = Law(new() { N = 5 });
        Assert.That(Enumerable.Range(0, 18).Where(a => law.Start(a) > 0), Is.EqualTo(Enumerable.Range(0, 12)));
        Assert.That(Enumerable.Range(0, 12).Select(a => law.Stop(a, a + 5)), Is.All.EqualTo(1));
    }

    [Test]
    public void Every_second_late_stop_is_where_the_correction_takes_over()
    {
        var law = Law(new() { Law = PairDraw.Late });
        Assert.That(law.Stop(3, 15), Is.EqualTo(0.5 + (0.5 / 13)).Within(1e-12));
        Assert.That(law.Stop(15, 16), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void In_log_sigma_levels_weigh_the_part_of_the_axis_beside_them()
    {
        // Nearly equal steps of log sigma: then nearly all levels inside are equally likely.
        var grid = Grids.LogSnr(0.01, 10, 18);
        var law = PairLaw.Of(grid, new() { Law = PairDraw.LogSigma });
        Assert.That(Enumerable.Range(1, 14).Select(a => law.Start(a) / law.Start(1)), Is.All.EqualTo(1).Within(1e-9));
        Assert.That(law.Start(0) / law.Start(1), Is.EqualTo(0.5).Within(1e-9));
    }

    [Test]
    public void A_law_without_pairs_is_refused()
    {
        Assert.That(() => Law(new() { SigmaAMax = 0.003 }), Throws.TypeOf<NotApplicableException>().With.Message.Contain("sigma-a-max: 0.003"));
        Assert.That(() => Law(new() { N = 17 }), Throws.TypeOf<NotApplicableException>().With.Message.Contain("17 steps"));
    }

    [Test]
    public void Weights_have_mean_1([Values] ResidualWeighting weighting)
    {
        var law = Law();
        var weights = PairWeights.Of(weighting, s_grid, law, normalise: true);
        Assert.That(Enumerable.Range(0, 18).Sum(b => law.Stop(b) * weights[b]), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void The_SNR_leaves_the_last_two_levels_alone()
    {
        var (law, weights) = (Law(), PairWeights.Of(ResidualWeighting.Snr, s_grid, Law(), normalise: true));
        Assert.That(law.Stop(16) * weights[16], Is.EqualTo(0.921).Within(1e-3));
        Assert.That(law.Stop(15) * weights[15], Is.EqualTo(0.070).Within(1e-3));
        var raw = PairWeights.Of(ResidualWeighting.Snr, s_grid, law, normalise: false);
        Assert.That(raw[1], Is.EqualTo(3.0e-4).Within(2).Percent);
        Assert.That(raw[16], Is.EqualTo(1.76e4).Within(1).Percent);
    }

    [Test]
    public void P2_spreads_over_the_low_levels()
    {
        var (law, weights) = (Law(), PairWeights.Of(ResidualWeighting.P2, s_grid, Law(), normalise: true));
        Assert.That(((int[])[16, 15, 14, 13, 12, 11]).Select(b => law.Stop(b) * weights[b]), Is.EqualTo(new[] { 0.28, 0.20, 0.16, 0.13, 0.10, 0.07 }).Within(0.006));
    }
}
