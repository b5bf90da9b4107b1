namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against solutions of the probability flow ODE in closed form, for predictions that depend on the level alone.</summary>
[TestFixture]
internal sealed class ExponentialStepTests
{
    private const double From = 2;

    // Noise 1 + L + L² with L = ln sigma: dy/dsigma = m, and m is the derivative of sigma (2 - L + L²).
    [TestCase(0.1)]
    [TestCase(1.5)]
    [TestCase(1.999)]
    public void Quadratic_noise_is_integrated_exactly(double to) => AssertExact(
        SolverPrediction.Noise, to, (y, s) => y + (s * (2 - Math.Log(s) + Square(s))) - (From * (2 - Math.Log(From) + Square(From))));

    // Clean images 1 + L + L²: y / sigma falls by the integral of m / sigma², and m / sigma² is the derivative of -(4 + 3 L + L²) / sigma.
    [TestCase(0.1)]
    [TestCase(1.5)]
    [TestCase(1.999)]
    public void Quadratic_clean_images_are_integrated_exactly(double to) => AssertExact(
        SolverPrediction.Data, to, (y, s) => s * ((y / From) + ((4 + (3 * Math.Log(s)) + Square(s)) / s) - ((4 + (3 * Math.Log(From)) + Square(From)) / From)));

    [Test]
    public void Phi_goes_on_smoothly_from_series_to_recurrence([Values] SolverPrediction prediction, [Values(1, 2, 3, 4)] int k)
    {
        var (series, recurrence) = (new ExponentialStep(prediction, Math.Exp(1 - 1e-12), 1), new ExponentialStep(prediction, Math.Exp(1 + 1e-12), 1));
        Assert.That(Math.Abs(series.H), Is.LessThan(1).And.LessThan(Math.Abs(recurrence.H)));
        Assert.That(series.Phi(k), Is.EqualTo(recurrence.Phi(k)).Within(1e-11));
    }

    // phi_k(h) is h / k! to first order.
    [Test]
    public void Phi_of_a_short_step_does_not_cancel()
    {
        var step = new ExponentialStep(SolverPrediction.Noise, 1 + 1e-7, 1);
        Assert.That(step.Phi(4) / step.H, Is.EqualTo(1 / 24.0).Within(1e-8));
    }

    // Three estimates: at the start, at an earlier level and at the end.
    private static void AssertExact(SolverPrediction prediction, double to, Func<double, double, double> exact)
    {
        using var scope = torch.NewDisposeScope();
        var step = new ExponentialStep(prediction, From, to);
        SolverEstimate[] known = [.. new[] { From, 3, to }.Select(s => new SolverEstimate(s, Number(1 + Math.Log(s) + Square(s))))];
        var y = step.Advance(Number(5), known, step.Moments(3));
        Assert.That(y.ToDouble(), Is.EqualTo(exact(5, to)).Within(1e-12));
    }

    private static double Square(double sigma) => Math.Log(sigma) * Math.Log(sigma);

    private static torch.Tensor Number(double value) => torch.full([1], value, torch.ScalarType.Float64);
}
