namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Orders of convergence on Gaussian data, whose probability flow is known.</summary>
[TestFixture]
internal sealed class ConvergenceTests
{
    private const double Mean = 0.3;
    private const double Variance = 0.25;

    private static readonly VpSchedule s_linear = new(BetaD: 19.9, BetaMin: 0.1);

    // Errors of DDIM in the frame x = a y, from t = 1 to t = 0.02 at x = 1.3: measured once by an independent script.
    [TestCase(false, 20, 7.19e-2)]
    [TestCase(false, 40, 3.68e-2)]
    [TestCase(false, 80, 1.87e-2)]
    [TestCase(false, 160, 9.40e-3)]
    [TestCase(true, 20, 5.79e-2)]
    [TestCase(true, 40, 2.96e-2)]
    [TestCase(true, 80, 1.50e-2)]
    [TestCase(true, 160, 7.53e-3)]
    public void Ddim_has_the_known_error(bool logSnr, int steps, double expected)
    {
        var (low, high) = (s_linear.Sigma(0.02), s_linear.Sigma(1));
        var levels = logSnr ? Grids.LogSnr(low, high, steps + 1) : Grids.Time(s_linear, low, high, steps + 1);
        var error = Error(new DdimSampler(new()), levels, 1.3 / s_linear.Scale(1)) * s_linear.Scale(0.02);
        Assert.That(error, Is.EqualTo(expected).Within(0.02 * expected));
    }

    [Test]
    public void Heun_is_of_order_2() => Assert.That(Order(new HeunSampler(new())), Is.InRange(1.7, 2.3));

    [Test]
    public void Euler_is_of_order_1() => Assert.That(Order(new EulerSampler(new())), Is.InRange(0.7, 1.3));

    // EDM's grid with its last step to 0, from 56: measured once by an independent script.
    [TestCase(18, 0.0192)]
    [TestCase(36, 0.00425)]
    public void Heun_has_the_known_error_on_the_default_grid(int steps, double expected)
    {
        IReadOnlyList<double> levels = [.. Grids.Karras(0.002, 80, steps), 0];
        Assert.That(Error(new HeunSampler(new()), levels, 56), Is.EqualTo(expected).Within(0.02 * expected));
    }

    [Test]
    public void With_churn_the_law_of_the_data_is_kept()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Mixture.Gaussian(Mean, Variance, new EdmSchedule());
        var sampler = new HeunSampler(new(SChurn: 20));
        var x = sampler.Sample(model, Requests.Of(sampler, model, 255, count: 5000));
        Assert.That(x.mean().ToDouble(), Is.EqualTo(Mean).Within(0.01));
        Assert.That(x.var().ToDouble(), Is.EqualTo(Variance).Within(0.01));
    }

    private static double Order(ISampler<IDenoiser> sampler)
    {
        var (coarse, fine) = (Error(sampler, Grids.Karras(0.05, 80, 65), 56), Error(sampler, Grids.Karras(0.05, 80, 129), 56));
        return Math.Log2(coarse / fine);
    }

    // The flow keeps (y - mean) / sqrt(variance + sigma^2).
    internal static double Error(ISampler<IDenoiser> sampler, IReadOnlyList<double> levels, double start, INoiseSchedule? schedule = null)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Mixture.Gaussian(Mean, Variance, schedule ?? new EdmSchedule());
        var y = sampler.Sample(model, Requests.Over(levels, torch.full([1, 1, 2, 2], start, torch.ScalarType.Float64)));
        var (first, last) = (levels[0], levels[^1]);
        var exact = Mean + ((start - Mean) * Math.Sqrt((Variance + (last * last)) / (Variance + (first * first))));
        return Math.Abs(y[0, 0, 0, 0].ToDouble() - exact);
    }
}
