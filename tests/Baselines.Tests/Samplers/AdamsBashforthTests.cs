namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Quadrature and coefficients against integrals that are known in closed form.</summary>
[TestFixture]
internal sealed class AdamsBashforthTests
{
    private static readonly INoiseSchedule[] s_schedules = [new EdmSchedule(), new VeSchedule(), new VpSchedule(), DiscreteSchedule.Linear()];

    [Test]
    public void Quadrature_is_exact_for_polynomials_and_accurate_for_others()
    {
        Assert.That(Integral(x => Math.Pow(x, 63), 0, 1), Is.EqualTo(1 / 64.0).Within(1e-15));
        Assert.That(Integral(x => 1 / (1 + (x * x)), 1, 0), Is.EqualTo(-Math.PI / 4).Within(1e-14));
        Assert.That(Integral(x => Math.Log(1 + (x * x)), 0, 6), Is.EqualTo((6 * Math.Log(37)) - 12 + (2 * Math.Atan(6))).Within(1e-10));
    }

    // Classical weights: those of equal steps in the coordinate itself.
    [Test]
    public void Equal_steps_have_the_uniform_weights([Values(1, 2, 3, 4)] int count)
    {
        double[] known = [.. Enumerable.Range(0, count).Select(j => 5 + (0.5 * j))];
        var weights = AdamsBashforth.Exact(known, [5, 4.5], sigma => sigma);
        Assert.That(weights.Select(w => w / -0.5), Is.EqualTo(AdamsBashforth.Uniform(count)).Within(1e-12));
    }

    [Test]
    public void Coefficients_sum_to_the_step([ValueSource(nameof(s_schedules))] INoiseSchedule schedule, [Values(1, 2, 3, 4)] int count)
    {
        var levels = Levels(schedule);
        double[] known = [.. levels.Skip(4 - count).Take(count).Reverse()];
        var sum = AdamsBashforth.Exact(known, SmoothPath.Between(schedule, levels[3], levels[4]), schedule.Time).Sum();
        Assert.That(sum, Is.EqualTo(levels[4] - levels[3]).Within(1e-10));
    }

    // ∫ p(t) d sigma = [p sigma] - ∫ p'(t) sigma(t) dt, the latter by Simpson's rule on pieces that end at every step.
    [Test]
    public void Polynomials_in_time_are_integrated_exactly(
        [ValueSource(nameof(s_schedules))] INoiseSchedule schedule, [Values(1, 2, 3)] int degree)
    {
        var levels = Levels(schedule);
        var unit = schedule.Time(levels[0]);
        double Polynomial(double t) => Math.Pow((t / unit) - 0.3, degree);
        double Slope(double t) => degree * Math.Pow((t / unit) - 0.3, degree - 1) / unit;
        double[] known = [.. levels.Take(4).Reverse().Take(degree + 1)];
        var (t, u) = (schedule.Time(levels[3]), schedule.Time(levels[4]));
        var steps = schedule.Steps is null ? [] : Enumerable.Range((int)u + 1, (int)t - (int)u).Reverse().Select(i => (double)i);
        double[] cuts = [t, .. steps, u];

        var weights = AdamsBashforth.Exact(known, SmoothPath.Between(schedule, levels[3], levels[4]), schedule.Time);

        var actual = weights.Zip(known, (w, s) => w * Polynomial(schedule.Time(s))).Sum();
        var expected = (Polynomial(u) * levels[4]) - (Polynomial(t) * levels[3])
            - cuts.Zip(cuts.Skip(1)).Sum(c => Simpson(s => Slope(s) * schedule.Sigma(s), c.First, c.Second));
        Assert.That(actual, Is.EqualTo(expected).Within(1e-10));
    }

    private static double[] Levels(INoiseSchedule schedule) => Grids.Power(schedule, 0.4, 20, 5, 2);

    private static double Integral(Func<double, double> f, double from, double to) =>
        GaussLegendre.Points(from, to).Sum(p => p.Weight * f(p.Point));

    private static double Simpson(Func<double, double> f, double from, double to)
    {
        const int Pieces = 2000;
        var h = (to - from) / Pieces;
        return Enumerable.Range(0, Pieces + 1).Sum(i => f(from + (i * h)) * (i is 0 or Pieces ? 1 : i % 2 == 1 ? 4 : 2)) * h / 3;
    }
}
