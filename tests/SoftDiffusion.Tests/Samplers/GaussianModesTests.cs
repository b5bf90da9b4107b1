namespace Dfx.SoftDiffusion.Tests.Samplers;

/// <summary>
/// Independent Gaussian modes of variance v, of which the blur keeps c(t): estimates are linear, so each sampler is a recursion of the variance that
/// needs no sampling.
/// </summary>
[TestFixture]
internal sealed class GaussianModesTests
{
    private const double Share = 0.18;

    [Test]
    public void Momentum_keeps_the_variance([Values(1, 2, 4, 8, 16, 31)] int mode)
    {
        foreach (var rule in new Func<double, double, SoftUpdate>[] { SoftUpdate.Momentum, SoftUpdate.HalfScore })
        {
            Assert.That(Kept(mode, rule, 280), Is.InRange(0.9795, 1.03), "280");
            Assert.That(Kept(mode, rule, 2000), Is.InRange(0.97, 1.03), "2000");
        }
    }

    // Of steps without end the estimate's variance is v q / (1 + q) with q = c² v / (c² v + sigma²), which is nearly 1 at the lowest level.
    [Test]
    public void Naive_loses_half_of_it([Values(1, 2, 4, 8, 16, 31)] int mode)
    {
        Assert.That(Kept(mode, SoftUpdate.Naive, 280), Is.InRange(0.48, 0.50));
        var v = 4.0 / ((1 + mode) * (1 + mode));
        var q = v / (v + 1e-4);
        Assert.That(Kept(mode, SoftUpdate.Naive, 20_000), Is.EqualTo(q / (1 + q)).Within(2e-3));
    }

    private static double Kept(int mode, Func<double, double, SoftUpdate> rule, int evaluations)
    {
        var schedule = new SoftSchedule([0, 23]);
        var v = 4.0 / ((1 + mode) * (1 + mode));
        var times = Enumerable.Range(0, evaluations).Select(i => Math.Max(1e-5, (evaluations - 1.0 - i) / (evaluations - 1))).ToArray();
        var variance = (Gain(times[0]) * Gain(times[0]) * v) + Math.Pow(schedule.Sigma(times[0]), 2);
        foreach (var (t, s) in times.Zip(times.Skip(1)))
        {
            var (estimate, update) = (Estimate(t), rule(schedule.Sigma(t), schedule.Sigma(s)));
            var factor = (Gain(s) * estimate) + (update.Keep * (1 - (Gain(t) * estimate)));
            variance = (factor * factor * variance) + (update.Noise * update.Noise);
        }

        return Estimate(times[^1]) * Estimate(times[^1]) * variance / v;

        double Estimate(double t) => v * Gain(t) / ((Gain(t) * Gain(t) * v) + Math.Pow(schedule.Sigma(t), 2));

        // b = 23 u², u the part of the second stage.
        double Gain(double t)
        {
            var u = Math.Max(0, (t - Share) / (1 - Share));
            return Math.Exp(-Math.Pow(Math.PI * mode / 64 * 23 * u * u, 2) / 2);
        }
    }
}
