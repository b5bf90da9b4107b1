namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against qsh-zh/deis on the analytic mixture, from t = 1 to t = 0.001 in ten steps.</summary>
[TestFixture]
internal sealed class DeisGoldenTests
{
    private static readonly VpSchedule s_schedule = new();

    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("samplers_deis"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void The_schedule_is_the_golden_one()
    {
        var times = _golden.Doubles("sched_t");
        Assert.That(times.Select(s_schedule.Sigma), Is.EqualTo(_golden.Doubles("sched_rho")).Within(1e-9));
        Assert.That(times.Select(t => Math.Pow(s_schedule.Scale(t), 2)), Is.EqualTo(_golden.Doubles("sched_alpha_bar")).Within(1e-12));
    }

    [TestCase("grid_t_order1", DeisGrid.Time, 1)]
    [TestCase("grid_t_order2", DeisGrid.Time, null)]
    [TestCase("grid_log_order1", DeisGrid.LogRho, null)]
    [TestCase("grid_rho_order7", DeisGrid.Rho, null)]
    public void Grids_agree(string grid, DeisGrid kind, double? power)
    {
        using var model = Mixture.Of(_golden, s_schedule);
        var levels = new DeisSampler(new(Grid: kind, Power: power)).Levels(model, 10);
        Assert.That(levels.Select(s_schedule.Time), Is.EqualTo(_golden.Doubles(grid)).Within(1e-12));
    }

    // "exact" runs integrate the coefficients by adaptive quadrature.
    [TestCase("tab1_exact", 1, DeisKind.Tab)]
    [TestCase("tab2_exact", 2, DeisKind.Tab)]
    [TestCase("tab3_exact", 3, DeisKind.Tab)]
    [TestCase("rhoab1_exact", 1, DeisKind.Rhoab)]
    [TestCase("rhoab2_exact", 2, DeisKind.Rhoab)]
    [TestCase("rhoab3_exact", 3, DeisKind.Rhoab)]
    [TestCase("rhork_1euler", 1, DeisKind.Rhork)]
    [TestCase("rhork_2heun", 2, DeisKind.Rhork)]
    [TestCase("rhork_3kutta", 3, DeisKind.Rhork)]
    [TestCase("rhork_4rk", 4, DeisKind.Rhork)]
    public void Runs_agree(string run, int order, DeisKind kind) => Agrees(run, new(kind, order), 1e-8);

    // The flow is the same whatever schedule the model was trained on.
    [Test]
    public void A_run_in_another_schedule_s_time_agrees()
    {
        using var model = Mixture.Of(_golden, new EdmSchedule(s_schedule.SigmaMin, s_schedule.SigmaMax));
        Assert.That(Final(model, new(Clock: DeisClock.Vp)).MaxError(_golden["tab3_exact_final"]), Is.LessThan(1e-8));
        Assert.That(Final(model, new(Clock: DeisClock.Schedule)).MaxError(_golden["tab3_exact_final"]), Is.GreaterThan(1e-2));
    }

    // The other runs take coefficients from a left Riemann sum of 10000 points, which is what the difference comes from.
    [TestCase("tab0", 0, DeisKind.Tab, DeisGrid.Time, 2e-3)]
    [TestCase("tab1", 1, DeisKind.Tab, DeisGrid.Time, 2e-3)]
    [TestCase("tab2", 2, DeisKind.Tab, DeisGrid.Time, 2e-3)]
    [TestCase("tab3", 3, DeisKind.Tab, DeisGrid.Time, 2e-3)]
    [TestCase("tab3_rho7", 3, DeisKind.Tab, DeisGrid.Rho, 2e-3)]
    [TestCase("rhoab1", 1, DeisKind.Rhoab, DeisGrid.Time, 5e-5)]
    [TestCase("rhoab2", 2, DeisKind.Rhoab, DeisGrid.Time, 5e-5)]
    [TestCase("rhoab3", 3, DeisKind.Rhoab, DeisGrid.Time, 5e-5)]
    [TestCase("rhoab3_log", 3, DeisKind.Rhoab, DeisGrid.LogRho, 5e-5)]
    public void Runs_agree_up_to_the_repository_s_quadrature(string run, int order, DeisKind kind, DeisGrid grid, double tolerance) =>
        Agrees(run, new(kind, order, grid), tolerance);

    [TestCase("rhork_2heun", 2)]
    [TestCase("rhork_3kutta", 3)]
    [TestCase("rhork_4rk", 4)]
    public void Stages_of_Runge_Kutta_lie_where_they_should(string run, int order)
    {
        using var model = Mixture.Of(_golden, s_schedule);
        Final(model, new(DeisKind.Rhork, order));
        Assert.That(model.Calls.Select(s_schedule.Time), Is.EqualTo(_golden.Doubles($"{run}_call_t")).Within(1e-9));
    }

    private static IEnumerable<TestCaseData> Tableaus()
    {
        yield return new TestCaseData("rhork_3ral", new Tableau([[0.5], [0, 0.75]], [2 / 9.0, 3 / 9.0, 4 / 9.0]));
        yield return new TestCaseData("rhork_3heun", new Tableau([[1 / 3.0], [0, 2 / 3.0]], [1 / 4.0, 0, 3 / 4.0]));
    }

    // Ralston's and Heun's of order 3, which no option names: the sum over stages is the same for any tableau.
    [TestCaseSource(nameof(Tableaus))]
    public void Other_tableaus_agree(string run, Tableau tableau)
    {
        using var model = Mixture.Of(_golden, s_schedule);
        var y = _golden["latents"] / s_schedule.Scale(1);
        var levels = new DeisSampler(new(DeisKind.Rhork, 3)).Levels(model, 30);
        foreach (var (sigma, next) in levels.Zip(levels.Skip(1)))
        {
            y += tableau.Slopes(model, y, c => sigma + (c * (next - sigma))).Combine(tableau.Weights) * (next - sigma);
        }

        Assert.That((y * s_schedule.Scale(0.001)).MaxError(_golden[$"{run}_final"]), Is.LessThan(1e-8));
        Assert.That(model.Calls.Select(s_schedule.Time), Is.EqualTo(_golden.Doubles($"{run}_call_t")).Within(1e-9));
        Assert.That(model.Calls, Has.Count.EqualTo((int)_golden.Doubles($"{run}_nfe")[0]));
    }

    [TestCase("tab3_exact", DeisKind.Tab, true)]
    [TestCase("rhoab3_exact", DeisKind.Rhoab, false)]
    public void Coefficients_agree(string run, DeisKind kind, bool inTheirFrame)
    {
        using var model = Mixture.Of(_golden, s_schedule);
        var levels = new DeisSampler(new(kind)).Levels(model, 10);
        var expected = _golden[$"{run}_ab_coef"];
        for (var i = 0; i < 10; i++)
        {
            double[] known = [.. levels.Take(i + 1).Reverse().Take(4)];
            Func<double, double> coordinate = kind == DeisKind.Tab ? s_schedule.Time : rho => rho;
            var actual = AdamsBashforth.Exact(known, [known[0], levels[i + 1]], coordinate);
            var scale = inTheirFrame ? s_schedule.Scale(s_schedule.Time(levels[i + 1])) : 1;
            var theirs = Enumerable.Range(1, known.Length).Select(j => expected[i, j].ToDouble());
            Assert.That(actual.Select(c => c * scale), Is.EqualTo(theirs).Within(1e-9), $"step {i}");
        }
    }

    private void Agrees(string run, DeisOptions options, double tolerance)
    {
        using var model = Mixture.Of(_golden, s_schedule);
        Assert.That(Final(model, options).MaxError(_golden[$"{run}_final"]), Is.LessThan(tolerance));
        Assert.That(model.Calls, Has.Count.EqualTo(10 * (options.Kind == DeisKind.Rhork ? options.Order : 1)));
    }

    // In the repository's frame x = a y.
    private torch.Tensor Final(Mixture model, DeisOptions options)
    {
        var sampler = new DeisSampler(options);
        var levels = sampler.Levels(model, 10 * (options.Kind == DeisKind.Rhork ? options.Order : 1));
        var y = sampler.Sample(model, Requests.Over(levels, _golden["latents"] / s_schedule.Scale(1)));
        return y * s_schedule.Scale(0.001);
    }
}
