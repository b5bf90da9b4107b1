namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Adaptive solvers against the known probability flow of Gaussian data.</summary>
[TestFixture]
internal sealed class AdaptiveLawTests
{
    private const double Mean = 0.3;
    private const double Variance = 0.25;

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<INoiseSchedule> Schedules() => [new EdmSchedule(), new VeSchedule(0.01, 50), new VpSchedule(), DiscreteSchedule.Linear()];

    [TestCaseSource(nameof(Schedules))]
    public void Rk45_keeps_to_its_tolerance(INoiseSchedule schedule) => Assert.That(Error(new Rk45Sampler(new()), schedule), Is.LessThan(1e-4));

    [TestCaseSource(nameof(Schedules))]
    public void Rk45_is_as_exact_as_it_is_asked(INoiseSchedule schedule) =>
        Assert.That(Error(new Rk45Sampler(new(Rtol: 1e-9, Atol: 1e-9)), schedule), Is.LessThan(1e-7));

    [TestCaseSource(nameof(Schedules))]
    public void Dpm_solver_is_as_exact_as_it_is_asked(INoiseSchedule schedule)
    {
        Assert.That(Error(new DpmSolverAdaptiveSampler(new(2, Rtol: 1e-6, Atol: 1e-6)), schedule), Is.LessThan(1e-3));
        Assert.That(Error(new DpmSolverAdaptiveSampler(new(3, Rtol: 1e-6, Atol: 1e-6)), schedule), Is.LessThan(1e-4));
    }

    // With many numbers a sample; with few of them an error can be small by chance.
    [Test]
    public void Dpm_solver_is_of_the_order_of_its_tolerance_by_default([Values(2, 3)] int order) =>
        Assert.That(Error(new DpmSolverAdaptiveSampler(new(order)), new VpSchedule(), size: 32), Is.LessThan(0.08));

    // A fixed step h and one half as long: the error of order 5 falls by 2^5 from step to step of the whole.
    [Test]
    public void Dormand_and_prince_are_of_order_5_and_estimate_an_error_of_order_5()
    {
        static torch.Tensor Slope(torch.Tensor x, double[] times) => x * torch.tensor(times, torch.ScalarType.Float64).cos().view(-1, 1, 1, 1);
        (double Error, double Estimate) Run(int steps)
        {
            var scheme = new DormandPrince(Slope, new(1e-300, 1, NormKind.Sample), 2);
            var (x, estimate) = (torch.ones([1, 1, 1, 1], torch.ScalarType.Float64), 0.0);
            for (var i = 0; i < steps; i++)
            {
                double[] from = [2.0 * i / steps], to = [2.0 * (i + 1) / steps];
                (x, _, var errors) = scheme.Try(x, Slope(x, from), from, to);
                estimate = Math.Max(estimate, errors[0]);
            }

            return (Math.Abs(x[0, 0, 0, 0].ToDouble() - Math.Exp(Math.Sin(2))), estimate);
        }

        var (coarse, fine) = (Run(20), Run(40));
        Assert.That(Math.Log2(coarse.Error / fine.Error), Is.InRange(4.7, 5.5));
        Assert.That(Math.Log2(coarse.Estimate / fine.Estimate), Is.InRange(4.5, 5.5));
    }

    [Test]
    public void Rk45_takes_2_evaluations_and_6_a_try_and_one_to_denoise()
    {
        using var model = new GaussianModel(Mean, Variance, new VpSchedule());
        foreach (var denoise in new[] { false, true })
        {
            model.Calls.Clear();
            var sampler = new Rk45Sampler(new(Denoise: denoise, Norm: NormKind.Batch));
            sampler.Sample(model, Requests.Of(sampler, model, 1000, count: 8));
            Assert.That((model.Calls.Count - (denoise ? 1 : 0)) % 6, Is.EqualTo(2));
            Assert.That(model.Rows, Has.All.EqualTo(8));
        }
    }

    // One row is close to the mean already: all that it changes by is of the size of the tolerance.
    [Test]
    public void Rows_that_have_arrived_are_not_evaluated_any_more()
    {
        using var model = new GaussianModel(Mean, Variance, new EdmSchedule());
        var start = torch.stack([torch.full([1, 2, 2], Mean + 0.1, torch.ScalarType.Float64), torch.full([1, 2, 2], 80.0, torch.ScalarType.Float64)]);
        var sampler = new Rk45Sampler(new(Atol: 0.01, Denoise: false));
        sampler.Sample(model, Requests.Over(sampler.Levels(model, 1000), start));
        Assert.That(model.Rows[0], Is.EqualTo(2));
        Assert.That(model.Rows[^1], Is.EqualTo(1));
    }

    [Test]
    public void One_row_that_is_no_number_ends_the_run([Values] bool rk45, [Values] NormKind norm)
    {
        using var model = new GaussianModel(Mean, Variance, new EdmSchedule());
        ISampler<IDenoiser> sampler = rk45 ? new Rk45Sampler(new(Norm: norm)) : new DpmSolverAdaptiveSampler(new(Norm: norm));
        var request = Requests.Of(sampler, model, 1000, count: 3);
        var start = request.Start.clone();
        start[1, 0, 0, 0] = torch.tensor(double.NaN);
        Assert.That(() => sampler.Sample(model, request with { Start = start }), Throws.TypeOf<DivergedException>());
    }

    // The flow keeps (y - mean) / sqrt(variance + sigma²); where the run denoises at the end it stops before.
    private static double Error(ISampler<IDenoiser> sampler, INoiseSchedule schedule, int size = 2)
    {
        using var model = new GaussianModel(Mean, Variance, schedule, size);
        var request = Requests.Of(sampler, model, 100_000, count: 16, stop: 1);
        var y = sampler.Sample(model, request);
        var (first, last) = (request.Levels[0], request.Levels[1]);
        var exact = ((request.Start - Mean) * Math.Sqrt((Variance + (last * last)) / (Variance + (first * first)))) + Mean;
        return y.MaxError(exact);
    }
}
