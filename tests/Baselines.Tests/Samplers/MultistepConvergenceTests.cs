namespace Dfx.Baselines.Tests.Samplers;

/// <summary>
/// Errors of DEIS and the PNDM family on Gaussian data, whose probability flow is known: in the frame x = a y, from t = 1 to t = 0.02 of
/// the linear variance-preserving schedule at x = 1.3. The numbers were measured once by an independent script.
/// </summary>
[TestFixture]
internal sealed class MultistepConvergenceTests
{
    private const double Slack = 0.02;
    private static readonly int[] s_steps = [20, 40, 80, 160];
    private static readonly VpSchedule s_schedule = new();
    private static readonly (double Low, double High) s_range = (s_schedule.Sigma(0.02), s_schedule.Sigma(1));

    private static IEnumerable<TestCaseData> Rows()
    {
        yield return Row("S-PNDM", new SpndmSampler(), Time, 1.7, 1.84e-2, 4.99e-3, 1.29e-3, 3.27e-4);
        yield return Row("F-PNDM", new PndmSampler(new()), Time, 1.7, 8.23e-4, 3.67e-4, 7.64e-5, 1.73e-5);
        yield return Row("iPNDM", new IpndmSampler(), Time, 1.7, 8.18e-4, 3.67e-4, 7.63e-5, 1.73e-5);
        yield return Row("tAB-1", new DeisSampler(new(DeisKind.Tab, 1)), Quadratic, 1.7, 8.78e-3, 2.37e-3, 6.14e-4, 1.57e-4);
        yield return Row("tAB-2", new DeisSampler(new(DeisKind.Tab, 2)), Quadratic, 2.7, 2.19e-3, 3.11e-4, 4.15e-5, 5.39e-6);
        yield return Row("tAB-3", new DeisSampler(new(DeisKind.Tab, 3)), Quadratic, 3.3, 6.00e-4, 4.55e-5, 3.31e-6, 2.54e-7);
        yield return Row("rhoAB-1", new DeisSampler(new(DeisKind.Rhoab, 1)), LogSnr, 1.7, 2.21e-2, 6.34e-3, 1.71e-3, 4.42e-4);
        yield return Row("rhoAB-2", new DeisSampler(new(DeisKind.Rhoab, 2)), LogSnr, 2.7, 1.24e-2, 2.11e-3, 3.11e-4, 4.22e-5);
        yield return Row("rhoAB-3", new DeisSampler(new(DeisKind.Rhoab, 3)), LogSnr, 3.3, 8.55e-3, 9.29e-4, 7.74e-5, 5.60e-6);
        yield return Row("rhoRK Heun", new DeisSampler(new(DeisKind.Rhork, 2)), LogSnr, 1.7, 1.30e-2, 3.09e-3, 7.53e-4, 1.86e-4);
        yield return Row("rhoRK Kutta", new DeisSampler(new(DeisKind.Rhork, 3)), LogSnr, 2.7, 2.63e-4, 4.01e-5, 5.43e-6, 7.03e-7);
    }

    [TestCaseSource(nameof(Rows))]
    public void Errors_and_orders_are_the_known_ones(ISampler<IDenoiser> sampler, Func<int, double[]> grid, double order, double[] expected)
    {
        var errors = s_steps.Select(steps => Error(sampler, grid(steps))).ToArray();
        Assert.That(errors.Zip(expected, (error, e) => error / e), Has.All.EqualTo(1).Within(Slack), string.Join(", ", errors));
        Assert.That(Math.Log2(errors[^2] / errors[^1]), Is.GreaterThanOrEqualTo(order));
    }

    [Test]
    public void The_classical_Runge_Kutta_method_is_of_order_4()
    {
        var sampler = new DeisSampler(new(DeisKind.Rhork, 4));
        Assert.That(Math.Log2(Error(sampler, LogSnr(40)) / Error(sampler, LogSnr(80))), Is.InRange(3.7, 4.3));
    }

    private static TestCaseData Row(string name, ISampler<IDenoiser> sampler, Func<int, double[]> grid, double order, params double[] errors) =>
        new TestCaseData(sampler, grid, order, errors).SetArgDisplayNames(name);

    private static double[] Time(int steps) => Grids.Time(s_schedule, s_range.Low, s_range.High, steps + 1);

    private static double[] Quadratic(int steps) => Grids.Power(s_schedule, s_range.Low, s_range.High, steps + 1, 2);

    private static double[] LogSnr(int steps) => Grids.LogSnr(s_range.Low, s_range.High, steps + 1);

    private static double Error(ISampler<IDenoiser> sampler, double[] levels) =>
        ConvergenceTests.Error(sampler, levels, 1.3 / s_schedule.Scale(1), s_schedule) * s_schedule.Scale(0.02);
}
