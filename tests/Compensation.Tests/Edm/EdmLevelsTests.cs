namespace Dfx.Compensation.Tests.Edm;

/// <summary>EDM's noise levels as those of a rollout, and the frame that it is made in.</summary>
[TestFixture]
internal sealed class EdmLevelsTests
{
    private static readonly EdmProcess s_process = new();

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // Karras et al. 2022, Eq. 5.
    [TestCase(2)]
    [TestCase(18)]
    [TestCase(100)]
    [TestCase(1000)]
    public void From_the_highest_level_down_they_are_those_of_the_sampler(int steps)
    {
        var path = Path(steps, 80);
        Assert.That(path, Has.Count.EqualTo(steps));
        var expected = Enumerable.Range(0, steps).Select(i =>
            Math.Pow(Math.Pow(80, 1 / 7.0) + ((double)i / (steps - 1) * (Math.Pow(0.002, 1 / 7.0) - Math.Pow(80, 1 / 7.0))), 7)).ToList();
        Assert.That(path.Zip(expected, (a, e) => Math.Abs((a / e) - 1)).Max(), Is.LessThan(1e-9));
    }

    [TestCase(0.0021)]
    [TestCase(0.3)]
    [TestCase(200.0)]
    public void From_any_level_they_end_at_the_lowest_one(double start)
    {
        var path = Path(100, start);
        Assert.That(path[^1], Is.EqualTo(0.002).Within(1e-12));
        Assert.That(path, Is.Ordered.Descending);
        Assert.That(path, Is.Unique);
    }

    [TestCase(0.002)]
    [TestCase(0.0001)]
    [TestCase(0.0)]
    public void Below_the_lowest_one_it_is_clean(double level) =>
        Assert.That(new EdmLevels(s_process, 100).Next(torch.tensor([level])).ToDouble(), Is.Zero);

    // ln sigma ~ N(-1.2, 1.2²); four standard errors.
    [Test]
    public void Rows_enter_where_EDM_trains()
    {
        const int Count = 4000;
        using var batches = new TrainingBatches(EdmProblem.Context());
        using var batch = batches.Of(2);
        var entered = new EdmLevels(s_process, 100).Enter(batch, Count).log();
        Assert.That(entered.mean().ToDouble(), Is.EqualTo(-1.2).Within(4 * 1.2 / Math.Sqrt(Count)));
        Assert.That(entered.std().ToDouble(), Is.EqualTo(1.2).Within(4 * 1.2 / Math.Sqrt(2.0 * Count)));
    }

    // P1: whatever the estimate of x0, a step with the true term is D(x0, s).
    [Test]
    public void A_step_with_the_true_term_is_exact_whatever_the_estimate([Values(100, 1000)] int steps, [Values] bool unbounded, [Values] bool jump)
    {
        var levels = new EdmLevels(s_process, steps);
        var sigma = torch.tensor(Path(steps, 80).ToArray());
        var next = levels.Next(jump ? levels.Next(sigma).clamp_min(0.002) : sigma);
        var rows = sigma.shape[0];
        var (x0, z) = (Problem.Uniform("x0", rows, 1, 8, 8), Problem.Normal("z", rows, 1, 8, 8));
        var guess = unbounded ? x0 + (Problem.Normal("guess", rows, 1, 8, 8) * Denoising.Rows(sigma, x0)) : Problem.Uniform("guess", rows, 1, 8, 8);
        var x = Compensation.Forward(x0, z, sigma);
        var stepped = Compensation.Step(x, guess, z, sigma, next, Compensation.Oracle(guess, x0, sigma, next));
        Assert.That(stepped.MaxError(Compensation.Forward(x0, z, next)), Is.LessThan(1e-5));
        Assert.That(Compensation.Step(x, guess, z, sigma, next, null).MaxError(Compensation.Forward(x0, z, next)), Is.GreaterThan(1e-3));
    }

    // P7: in EDM's frame, g = s(t) of its schedule, the weight and so the term are nothing at every step; in the variance-preserving one they are not.
    [Test]
    public void In_the_frame_of_EDM_the_term_is_nothing()
    {
        var path = Path(100, 80);
        var schedule = new EdmSchedule();
        var weights = path.Zip(path.Skip(1), (t, s) => schedule.Scale(schedule.Time(t)) - schedule.Scale(schedule.Time(s)));
        Assert.That(weights, Has.All.Zero);
        var (sigma, next) = (torch.tensor(path.SkipLast(1).ToArray()), torch.tensor(path.Skip(1).ToArray()));
        Assert.That(Compensation.Weight(sigma, next).max().ToDouble(), Is.LessThan(0));
        Assert.That(Compensation.Weight(sigma, next).sum().ToDouble(), Is.EqualTo((1 / Math.Sqrt(6401)) - (1 / Math.Sqrt(1 + 4e-6))).Within(1e-12), "it telescopes");
    }

    // P7: mapped back to EDM's frame it is x0 + sigma_s z.
    [Test]
    public void A_step_in_the_variance_preserving_frame_is_one_of_EDM()
    {
        var levels = new EdmLevels(s_process, 100);
        var sigma = torch.tensor(Path(100, 80).SkipLast(1).ToArray());
        var (next, rows) = (levels.Next(sigma), sigma.shape[0]);
        var (x0, z) = (Problem.Uniform("x0", rows, 1, 8, 8).@double(), Problem.Normal("z", rows, 1, 8, 8).@double());
        var guess = Problem.Uniform("guess", rows, 1, 8, 8).@double();
        var y = x0 + (z * sigma.view(-1, 1, 1, 1));
        var x = y / (sigma.square() + 1).sqrt().view(-1, 1, 1, 1);
        var stepped = Compensation.Step(x, guess, z, sigma, next, Compensation.Oracle(guess, x0, sigma, next));
        var back = stepped * (next.square() + 1).sqrt().view(-1, 1, 1, 1);
        var error = (back - (x0 + (z * next.view(-1, 1, 1, 1)))) / next.view(-1, 1, 1, 1);
        Assert.That(error.abs().max().ToDouble(), Is.LessThan(1e-10));
    }

    private static List<double> Path(int steps, double start)
    {
        var (levels, level, path) = (new EdmLevels(s_process, steps), torch.tensor([start]), new List<double>());
        while (level.ToDouble() > 0)
        {
            path.Add(levels.Sigma(level).ToDouble());
            level = levels.Next(level);
        }

        return path;
    }
}
