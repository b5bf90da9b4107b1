namespace Dfx.Baselines.Tests.Samplers;

/// <summary>What closed forms say of all samplers.</summary>
[TestFixture]
internal sealed class SamplerLawTests
{
    // Samplers that need more than one evaluation, and how many.
    private static readonly Dictionary<ISampler<IDenoiser>, int> s_smallest = new()
    {
        [new DpmSolverSampler(new(2, DpmSolverMethod.Multistep, SolverGrid.Time))] = 2,
        [new DpmSolverSampler(new(3, DpmSolverMethod.Multistep, DenoiseToZero: true))] = 4,
        [new DpmSolverSampler(new(DenoiseToZero: true))] = 2,
        [new DpmSolverPlusPlusSampler(new())] = 2,
        [new DpmSolverPlusPlusSampler(new(3, Grid: SolverGrid.Quadratic))] = 3,
        [new UniPcSampler(new())] = 3,
        [new UniPcSampler(new(2, Prediction: SolverPrediction.Noise, DenoiseToZero: true))] = 3,
    };
    private static readonly DeisSampler s_deisHeun = new(new(DeisKind.Rhork, Order: 2, Grid: DeisGrid.Rho));
    private static readonly DeisSampler s_deisKutta = new(new(DeisKind.Rhork, Order: 3));

    private static readonly ISampler<IDenoiser>[] s_samplers =
    [
        new HeunSampler(new()),
        new HeunSampler(new(SChurn: 10)),
        new EulerSampler(new()),
        new DdimSampler(new()),
        new DdimSampler(new(Eta: 1)),
        new DdimSampler(new(Grid: DdimGrid.LogSnr)),
        new DpmSolverSampler(new()),
        new DpmSolverSampler(new(2, Grid: SolverGrid.Time, SolverType: DpmSolverType.Taylor)),
        new DpmSolverPlusPlusSampler(new(3, DpmSolverMethod.SingleStep, SolverGrid.Quadratic)),
        new UniPcSampler(new(1, UniPcFunction.Bh2)),
        .. s_smallest.Keys,
        new DdimSampler(new(Grid: DdimGrid.Quadratic)),
        new DeisSampler(new()),
        new DeisSampler(new(EndTime: 0)),
        new DeisSampler(new(Clock: DeisClock.Schedule)),
        new DeisSampler(new(DeisKind.Rhoab, Grid: DeisGrid.LogRho)),
        s_deisHeun,
        s_deisKutta,
        new PndmSampler(new()),
        new PndmSampler(new(HalfSteps.Exact)),
        new SpndmSampler(),
        new IpndmSampler(),
    ];

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void Data_of_one_point_are_reached_exactly(
        [ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler, [Values(1, 2, 3, 10)] int nfe, [Values] ProcessKind kind)
    {
        using var model = Mixture.Gaussian(0.3, 0, kind.Process().Schedule);
        var request = Requests.Of(sampler, model, Math.Max(nfe, Smallest(sampler)));
        var x = sampler.Sample(model, request);
        // The flow is a straight line, of which samplers that end above the clean level leave a rest.
        var rest = (request.Start - 0.3) * (request.Levels[^1] / request.Levels[0]);
        // A slope at the lowest level has the rounding of a large state divided by that level, and the large steps of several stages multiply it.
        var rounding = 1e-13 * model.Schedule.SigmaMax * model.Schedule.SigmaMax / model.Schedule.SigmaMin;
        Assert.That((x - 0.3 - rest).abs().max().ToDouble(), Is.LessThan(Math.Max(1e-6, rounding)));
    }

    [Test]
    public void Budgets_are_used_as_far_as_the_sampler_can(
        [ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler, [Values(1, 2, 3, 4, 5, 9, 10, 12, 13, 35)] int nfe)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        if (Used(sampler, nfe) == 0)
        {
            Assert.That(() => sampler.Levels(model, nfe), Throws.TypeOf<NotApplicableException>());
            return;
        }

        sampler.Sample(model, Requests.Of(sampler, model, nfe));
        Assert.That(model.Calls, Has.Count.EqualTo(Used(sampler, nfe)));
    }

    [Test]
    public void Single_steps_of_one_order_use_what_fits([Values(1, 2, 3)] int order, [Values] bool denoise, [Values(3, 4, 11)] int nfe)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        var sampler = new DpmSolverSampler(new(order, DpmSolverMethod.SingleStepFixed, DenoiseToZero: denoise));
        var last = denoise ? 1 : 0;
        Assert.That(() => sampler.Levels(model, order + last - 1), Throws.TypeOf<NotApplicableException>());
        if (nfe >= order + last)
        {
            var request = Requests.Of(sampler, model, nfe);
            sampler.Sample(model, request);
            Assert.That(model.Calls, Has.Count.EqualTo(((nfe - last) / order * order) + last));
            Assert.That(request.Levels, Has.Count.EqualTo(((nfe - last) / order) + 1 + last));
        }
    }

    [Test]
    public void Budgets_of_discrete_schedules_are_never_exceeded(
        [Values(1, 7, 10, 35, 400, 1000, 3000)] int nfe, [Values] StepSet steps)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, DiscreteSchedule.Linear());
        var levels = new DdimSampler(new(Steps: steps)).Levels(model, nfe);
        Assert.That(levels.Count - 1, Is.LessThanOrEqualTo(nfe).And.GreaterThan(Math.Min(nfe, 1000) / 2));
        Assert.That(levels.Zip(levels.Skip(1)), Has.All.Matches<(double A, double B)>(p => p.A > p.B));
    }

    [Test]
    public void No_budget_is_not_applicable([ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        Assert.That(() => sampler.Levels(model, 0), Throws.TypeOf<NotApplicableException>());
    }

    [Test]
    public void A_sample_is_the_same_in_any_batch([ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        var many = sampler.Sample(model, Requests.Of(sampler, model, 11, first: 0, count: 64));
        var alone = sampler.Sample(model, Requests.Of(sampler, model, 11, first: 45, count: 1));
        Assert.That(alone[0].MaxError(many[45]), Is.LessThan(1e-12));
        Assert.That(many[44].MaxError(many[45]), Is.GreaterThan(1e-3));
    }

    [Test]
    public void The_start_is_left_as_it_was([ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        var request = Requests.Of(sampler, model, 9);
        var before = request.Start.clone();
        sampler.Sample(model, request);
        Assert.That(request.Start.MaxError(before), Is.Zero);
    }

    [Test]
    public void Budgets_that_a_discrete_schedule_cannot_use_up_are_never_exceeded(
        [ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler, [Values(5, 13, 19, 35, 120)] int nfe)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, DiscreteSchedule.Linear(100));
        var x = sampler.Sample(model, Requests.Of(sampler, model, nfe));
        Assert.That(model.Calls, Has.Count.LessThanOrEqualTo(nfe));
        Assert.That(x.isfinite().all().ToBoolean());
    }

    [Test]
    public void A_run_that_stops_returns_the_state_of_that_level([ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new VpSchedule());
        var whole = Evaluations(sampler, model, null).Seen;
        var levels = sampler.Levels(model, 20);
        for (var stop = 1; stop < levels.Count; stop++)
        {
            var (state, seen) = Evaluations(sampler, model, stop);
            Assert.That(seen.Zip(whole, (a, b) => a.X.MaxError(b.X)), Has.All.Zero);
            // The whole run goes on from there, unless churn raises the level first, or the state was corrected by an evaluation at its level.
            if (seen.Count < whole.Count && whole[seen.Count].Sigma == levels[stop])
            {
                Assert.That(whole[seen.Count].X.MaxError(state), Is.Zero, $"at {stop}");
            }
        }
    }

    [Test]
    public void Ddim_is_euler_on_equal_levels()
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new VpSchedule());
        var ddim = new DdimSampler(new());
        var request = Requests.Of(ddim, model, 20);
        var euler = new EulerSampler(new()).Sample(model, request);
        Assert.That(ddim.Sample(model, request).MaxError(euler), Is.LessThan(1e-12));
    }

    [Test]
    public void Solvers_of_order_1_are_ddim([Values] DpmSolverMethod method)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new VpSchedule());
        var ddim = new DdimSampler(new());
        var request = Requests.Of(ddim, model, 20);
        var expected = ddim.Sample(model, request);
        ISampler<IDenoiser>[] solvers =
        [
            new DpmSolverSampler(new(1, method, DenoiseToZero: true)),
            new DpmSolverPlusPlusSampler(new(1, method, DenoiseToZero: true)),
            new UniPcSampler(new(1, Corrector: false, DenoiseToZero: true)),
            new UniPcSampler(new(1, Prediction: SolverPrediction.Noise, Corrector: false, DenoiseToZero: true)),
        ];
        foreach (var solver in solvers)
        {
            Assert.That(solver.Sample(model, request).MaxError(expected), Is.LessThan(1e-11), solver.ToString());
        }
    }

    [Test]
    public void A_cancelled_run_stops([ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        var request = Requests.Of(sampler, model, 9) with { Cancellation = new CancellationToken(canceled: true) };
        Assert.That(() => sampler.Sample(model, request), Throws.InstanceOf<OperationCanceledException>());
    }

    private static (torch.Tensor State, List<(torch.Tensor X, double Sigma)> Seen) Evaluations(ISampler<IDenoiser> sampler, Mixture model, int? stop)
    {
        var seen = new List<(torch.Tensor, double)>();
        using var watched = new Wrapped(model, (x, sigma) =>
        {
            seen.Add((x.clone().DetachFromDisposeScope(), sigma[0].ToDouble()));
            return model.Denoise(x, sigma);
        });
        return (sampler.Sample(watched, Requests.Of(sampler, model, 20, stop: stop)), seen);
    }

    private static int Smallest(ISampler<IDenoiser> sampler) => Enumerable.Range(1, 100).First(nfe => Used(sampler, nfe) > 0);

    // The evaluations of the largest step count that fits a budget; none if none fits.
    private static int Used(ISampler<IDenoiser> sampler, int nfe) => sampler switch
    {
        HeunSampler => ((nfe + 1) / 2 * 2) - 1,
        DeisSampler when sampler == s_deisHeun => nfe / 2 * 2,
        DeisSampler when sampler == s_deisKutta => nfe / 3 * 3,
        _ when nfe < s_smallest.GetValueOrDefault(sampler, 1) => 0,
        SpndmSampler => nfe < 3 ? 0 : nfe,
        PndmSampler => nfe < 5 ? 0 : nfe < 9 ? 5 : nfe < 13 ? 9 : nfe,
        _ => nfe,
    };
}
