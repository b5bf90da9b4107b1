namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Solvers without a sampler, against closed forms of Gaussian data and against the samplers that are made of their steps.</summary>
[TestFixture]
internal sealed class SolverTests
{
    private const double Mean = 0.3;
    private const double Variance = 0.25;

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<TestCaseData> Runs =>
    [
        new TestCaseData((Solver)((m, x, l) => Solvers.Euler(m, x, l)), 1).SetArgDisplayNames("euler"),
        new TestCaseData((Solver)((m, x, l) => Solvers.Ddim(m, x, l)), 1).SetArgDisplayNames("ddim"),
        new TestCaseData((Solver)((m, x, l) => Solvers.Heun(m, x, l)), 2).SetArgDisplayNames("heun"),
        new TestCaseData((Solver)((m, x, l) => Solvers.Multistep(m, x, l, 1)), 1).SetArgDisplayNames("multistep-1"),
        new TestCaseData((Solver)((m, x, l) => Solvers.Multistep(m, x, l, 2)), 2).SetArgDisplayNames("multistep-2"),
        // Its first step, of order 1, leaves an error of order 2.
        new TestCaseData((Solver)((m, x, l) => Solvers.Multistep(m, x, l, 3)), 2).SetArgDisplayNames("multistep-3"),
        new TestCaseData((Solver)((m, x, l) => Solvers.Multistep(m, x, l, 2, SolverPrediction.Noise)), 2).SetArgDisplayNames("multistep-2-noise"),
    ];

    private delegate torch.Tensor Solver(IDenoiser model, torch.Tensor start, IReadOnlyList<double> levels);

    /// <summary>The flow of N(m, v) is m + (y - m) √((v + tau²) / (v + sigma²)); from level 5 down to 0.5, where no step is clean.</summary>
    [TestCaseSource(nameof(Runs))]
    public void A_run_between_two_levels_converges_with_its_order(object run, int order)
    {
        double Error(int steps)
        {
            using var model = Mixture.Gaussian(Mean, Variance, new EdmSchedule());
            var levels = Grids.LogSnr(0.5, 5, steps + 1);
            var start = torch.full([1, 1, 2, 2], 2.0, torch.ScalarType.Float64);
            var end = ((Solver)run)(model, start, levels);
            Assert.That(start[0, 0, 0, 0].ToDouble(), Is.EqualTo(2), "the start is left as it was");
            Assert.That(model.Calls, Has.Count.EqualTo(order == 2 && model.Calls.Count == 2 * steps ? 2 * steps : steps));
            var exact = Mean + ((2.0 - Mean) * Math.Sqrt((Variance + (0.5 * 0.5)) / (Variance + 25)));
            return (end - exact).abs().max().ToDouble();
        }

        Assert.That(Math.Log2(Error(64) / Error(128)), Is.InRange(order - 0.5, order + 0.5));
    }

    [TestCaseSource(nameof(Runs))]
    public void A_run_to_the_clean_level_of_one_point_ends_there(object run, int order)
    {
        using var model = Mixture.Gaussian(Mean, 0, new EdmSchedule());
        var end = ((Solver)run)(model, torch.ones([2, 1, 2, 2], torch.ScalarType.Float64) * 10, [10, 5, 2.5, 1, 0]);
        Assert.That((end - Mean).abs().max().ToDouble(), Is.LessThan(1e-9), $"order {order}");
    }

    /// <summary>Two parts of a run, as a correction's training has them, are the run.</summary>
    [Test]
    public void Runs_are_those_of_the_samplers()
    {
        using var model = Mixture.Gaussian(Mean, Variance, new EdmSchedule());
        var heun = new HeunSampler(new());
        var request = Requests.Of(heun, model, 15);
        var middle = Solvers.Heun(model, request.Start, [.. request.Levels.Take(4)]);
        Assert.That(middle.MaxError(heun.Sample(model, request with { Stop = 3 })), Is.Zero);
        Assert.That(Solvers.Heun(model, middle, [.. request.Levels.Skip(3)]).MaxError(heun.Sample(model, request)), Is.Zero);
        Assert.That(Solvers.Ddim(model, request.Start, request.Levels).MaxError(new DdimSampler(new()).Sample(model, request)), Is.Zero);
    }

    [Test]
    public void Levels_that_do_not_fall_are_refused()
    {
        using var model = Mixture.Gaussian(Mean, Variance, new EdmSchedule());
        Assert.That(() => Solvers.Heun(model, torch.ones([1, 1, 2, 2]), [1, 2]), Throws.ArgumentException.With.Message.StartsWith("Levels must fall, and not below 0: 1, 2"));
        Assert.That(() => Solvers.Ddim(model, torch.ones([1, 1, 2, 2]), []), Throws.ArgumentException);
        Assert.That(() => Solvers.Euler(model, torch.ones([1, 1, 2, 2]), [1, -1]), Throws.ArgumentException);
        Assert.That(() => Solvers.DdimStep(torch.ones(1), torch.ones(1), 2, 1, eta: 1), Throws.ArgumentNullException.With.Message.Contains("needs noise"));
    }

    [Test]
    public void A_run_stops_when_it_is_asked_to()
    {
        using var model = Mixture.Gaussian(Mean, Variance, new EdmSchedule());
        Assert.That(
            () => Solvers.Heun(model, torch.ones([1, 1, 2, 2]), [2, 1], cancellation: new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }
}
