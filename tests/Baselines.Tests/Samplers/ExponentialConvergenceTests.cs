namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Errors and orders of DPM-Solver, DPM-Solver++ and UniPC on Gaussian data, whose probability flow is known.</summary>
[TestFixture]
internal sealed class ExponentialConvergenceTests
{
    private const DpmSolverMethod Fixed = DpmSolverMethod.SingleStepFixed;
    private const DpmSolverMethod Multi = DpmSolverMethod.Multistep;

    private static readonly VpSchedule s_linear = new(BetaD: 19.9, BetaMin: 0.1);

    // Mean 0.3, variance 0.25, from x = 1.3 at t = 1 to t = 0.02 in equal steps of log-SNR: measured once by an independent script.
    private static readonly (DpmSolverOptions Options, double[] Errors, double Order)[] s_known =
    [
        (new(1), [5.79e-2, 2.96e-2, 1.50e-2, 7.53e-3], 1),
        (new(2, Fixed), [6.12e-3, 1.48e-3, 3.65e-4, 9.05e-5], 2),
        (new(3, Fixed), [6.33e-5, 6.99e-6, 8.17e-7, 9.85e-8], 3),
        (new(2, Multi), [6.30e-3, 1.60e-3, 4.02e-4, 1.00e-4], 2),
        (new(3, Multi), [2.17e-3, 5.05e-4, 1.26e-4, 3.16e-5], 2),
    ];

    [Test]
    public void Dpm_solver_has_the_known_errors([Range(0, 4)] int row)
    {
        var (options, expected, order) = s_known[row];
        var errors = new[] { 20, 40, 80, 160 }.Select(steps => Error(new DpmSolverSampler(options), steps, Evaluations(options, steps))).ToArray();
        Assert.That(errors.Zip(expected), Has.All.Matches<(double Error, double Expected)>(p => Math.Abs(p.Error - p.Expected) < 0.02 * p.Expected));
        Assert.That(Math.Log2(errors[2] / errors[3]), Is.GreaterThan(order - 0.3));
    }

    // Data N(0, 0.25), sigma from 10 to 0.01 in equal steps of log-SNR: relative errors, measured once by an independent script.
    [TestCase(2, 12, 2.268e-2)]
    [TestCase(2, 24, 5.415e-3)]
    [TestCase(2, 48, 1.322e-3)]
    [TestCase(3, 12, 3.415e-4)]
    [TestCase(3, 24, 3.516e-5)]
    [TestCase(3, 48, 3.925e-6)]
    public void Single_steps_have_the_known_relative_errors(int order, int steps, double expected)
    {
        var options = new DpmSolverOptions(order, Fixed);
        var error = Run(new DpmSolverSampler(options), Grids.LogSnr(0.01, 10, steps + 1), steps * order, mean: 0, start: 1, relative: true);
        Assert.That(error, Is.EqualTo(expected).Within(0.01 * expected));
    }

    [TestCase(2, Fixed, 2)]
    [TestCase(3, Fixed, 3)]
    [TestCase(2, Multi, 2)]
    [TestCase(3, Multi, 2)]
    public void Dpm_solver_pp_has_its_order(int order, DpmSolverMethod method, double expected) =>
        Assert.That(Order(s => new DpmSolverPlusPlusSampler(s), new DpmSolverPlusPlusOptions(order, method)), Is.GreaterThan(expected - 0.3));

    // The authors' multistep solver of order 3 takes half of the second derivative. Its order is 2 for that reason, and not for its start,
    // which is the same here.
    [Test]
    public void With_the_exact_second_derivative_three_steps_are_of_order_3()
    {
        var authors = Order(s => new DpmSolverPlusPlusSampler(s), new DpmSolverPlusPlusOptions(3));
        var exact = Order(s => new DpmSolverPlusPlusSampler(s), new DpmSolverPlusPlusOptions(3, SolverType: DpmSolverType.Taylor));
        Assert.That(authors, Is.InRange(1.7, 2.3));
        Assert.That(exact, Is.GreaterThan(2.7));
    }

    [Test]
    public void The_predictor_has_its_order([Values(1, 2, 3)] int order, [Values] UniPcFunction function) =>
        Assert.That(Order(new UniPcOptions(order, function, Corrector: false, LowerOrderFinal: false)), Is.InRange(order - 0.3, order + 0.4));

    [Test]
    public void The_corrector_raises_the_order_by_one([Values(1, 2, 3)] int order, [Values] UniPcFunction function, [Values] SolverPrediction prediction) =>
        Assert.That(Order(new UniPcOptions(order, function, prediction, LowerOrderFinal: false)), Is.InRange(order + 0.7, order + 1.3));

    private static int Evaluations(DpmSolverOptions options, int steps) => options.Method == Multi ? steps : steps * options.Order;

    private static double Order<T>(Func<T, ISampler<IDenoiser>> make, T options)
        where T : DpmSolverOptions =>
        Math.Log2(Error(make(options), 80, Evaluations(options, 80)) / Error(make(options), 160, Evaluations(options, 160)));

    private static double Order(UniPcOptions options) =>
        Math.Log2(Error(new UniPcSampler(options), 80, 80) / Error(new UniPcSampler(options), 160, 160));

    private static double Error(ISampler<IDenoiser> sampler, int steps, int nfe)
    {
        var levels = Grids.LogSnr(s_linear.Sigma(0.02), s_linear.Sigma(1), steps + 1);
        return Run(sampler, levels, nfe, mean: 0.3, start: 1.3 / s_linear.Scale(1), relative: false) * s_linear.Scale(0.02);
    }

    // The flow keeps (y - mean) / sqrt(0.25 + sigma^2).
    private static double Run(ISampler<IDenoiser> sampler, double[] levels, int nfe, double mean, double start, bool relative)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Mixture.Gaussian(mean, 0.25, s_linear);
        var request = Requests.Over(levels, torch.full([1, 1, 2, 2], start, torch.ScalarType.Float64)) with { Nfe = nfe };
        var y = sampler.Sample(model, request)[0, 0, 0, 0].ToDouble();
        var (first, last) = (levels[0], levels[^1]);
        var exact = mean + ((start - mean) * Math.Sqrt((0.25 + (last * last)) / (0.25 + (first * first))));
        return Math.Abs(y - exact) / (relative ? Math.Abs(exact) : 1);
    }
}
