namespace Dfx.Compensation.Tests;

/// <summary>Rows on their way: where they are, how often each level comes up, and what learns from what.</summary>
[TestFixture]
internal sealed class RolloutTests
{
    private const int T = 100;
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // P(t = T) is 1 of 2 T - 1 with K = 1, all others have 2, since the step below is visited too; whole trajectories visit all alike.
    [TestCase(1)]
    [TestCase(long.MaxValue)]
    public void Levels_come_up_as_often_as_the_rollout_says(long rollout)
    {
        const int Steps = 400;
        var context = Problem.Context(batch: 64);
        using var pool = Pool(context, rollout);
        var counts = new double[T + 1];
        Walk(context, pool, Steps, rows =>
        {
            foreach (var sigma in rows.Sigma.data<double>().ToArray())
            {
                counts[(int)Math.Round(DiscreteSchedule.Scaled(T).Time(sigma))]++;
            }
        });
        var expected = Enumerable.Range(1, T).Select(t => (rollout == 1 && t == T ? 1.0 : 2.0) / (rollout == 1 ? (2 * T) - 1 : 2 * T) * Steps * 64).ToArray();
        var chi = expected.Zip(counts.Skip(1), (e, n) => (n - e) * (n - e) / e).Sum();
        // The 0.999 quantile of chi-square with 99 degrees of freedom is 148.2; rows of a trajectory are not independent, which makes it smaller.
        Assert.That(chi, Is.LessThan(148.2));
        Assert.That(counts[0], Is.Zero);
    }

    [TestCase(1, 4)]
    [TestCase(3, 8)]
    public void Refilled_rows_have_an_image_a_noise_and_a_level_of_one_draw(long rollout, int batch)
    {
        var context = Problem.Context(new FlatData(1000), batch: batch);
        using var pool = Pool(context, rollout);
        HashSet<float> seen = [];
        Walk(context, pool, 60, rows =>
        {
            Assert.That(rows.X.MaxError(Compensation.Forward(rows.Clean, rows.Noise, rows.Sigma)), Is.LessThan(1e-5));
            Assert.That(rows.Clean.amax([1, 2, 3]).eq(rows.Clean.amin([1, 2, 3])).all().ToBoolean(), "an image is one image");
            seen.UnionWith(rows.Clean.amax([1, 2, 3]).data<float>().ToArray());
        });
        Assert.That(pool.Drawn, Is.EqualTo(seen.Count), "no image twice in an epoch, and none left out");
        Assert.That(pool.Drawn, Is.EqualTo((60.0 * batch / (rollout + 1)) + (batch / 2.0)).Within(batch + (batch * 60 / T)));
    }

    // As many rows of each age as can be, for rollouts longer than the pool too: else all would be exact at once and far away at once.
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(50)]
    public void Rows_are_of_all_ages_from_the_start(long rollout)
    {
        var context = Problem.Context(batch: 8);
        using var pool = Pool(context, rollout);
        using var batches = new TrainingBatches(context);
        using var batch = batches.Of(0);
        pool.Refill(batch);
        var ages = pool.State["age"].data<long>().ToArray();
        Assert.That(ages.Distinct().Count(), Is.EqualTo(Math.Min(rollout + 1, 8)));
        Assert.That(ages, Is.All.InRange(0, rollout));
        Assert.That(ages.Average(), Is.EqualTo(rollout / 2.0).Within(0.1 * (rollout + 1)));
    }

    // delta = x - D(x0, t) becomes delta + (c - c*): errors add up and are never forgotten.
    [Test]
    public void Errors_of_the_term_add_up()
    {
        var context = Problem.Context(batch: 8);
        using var pool = Pool(context, long.MaxValue);
        var expected = torch.zeros(8, 1, 8, 8);
        using var batches = new TrainingBatches(context);
        for (var step = 0; step < 40; step++)
        {
            using var batch = batches.Of(step);
            pool.Refill(batch);
            var rows = pool.Rows();
            var fresh = (rows.X - Compensation.Forward(rows.Clean, rows.Noise, rows.Sigma)).abs().amax([1, 2, 3]).lt(1e-6).view(-1, 1, 1, 1);
            expected = torch.where(fresh, torch.zeros_like(expected), expected);
            Assert.That((rows.X - Compensation.Forward(rows.Clean, rows.Noise, rows.Sigma)).MaxError(expected), Is.LessThan(1e-4), $"step {step}");
            var eps = Problem.Normal($"eps {step}", 8, 1, 8, 8);
            var wrong = Problem.Normal($"wrong {step}", 8, 1, 8, 8) * 0.01f;
            expected += wrong;
            var left = rows.Next.gt(0).view(-1, 1, 1, 1);
            expected = torch.where(left, expected, torch.zeros_like(expected));
            pool.Advance(eps, false, (going, _, clean) =>
                Compensation.Oracle(clean, going.Clean, going.Sigma, going.Next) + wrong.index_select(0, rows.Next.gt(0).nonzero().squeeze(1)));
        }
    }

    // Training along exact trajectories is training at their levels: the loss at a row is that of the forward process with the row's image and noise.
    [Test]
    public void With_the_true_term_losses_are_those_of_plain_training()
    {
        var context = Problem.Context(new FlatData(deviation: 0.5), steps: 100, batch: 8);
        using var main = UNets.For(context.Model);
        using var pool = Pool(context, 1);
        var method = new CsMethod(new(Term: CsTerm.Oracle));
        var rollout = new CsRollout(pool, rows => method.Estimate(main, rows), null, new(CsTerm.Oracle));
        var (steps, worst, moved) = (0, 0.0, 0);
        var plan = rollout.Plan(main) with
        {
            Trainees = [new("main", main, batch =>
            {
                var rows = pool.Rows();
                var exact = method.Estimate(main, rows with { X = Compensation.Forward(rows.Clean, rows.Noise, rows.Sigma) }).Loss.mean().ToDouble();
                var loss = rollout.MainLoss(batch);
                (steps, worst) = (steps + 1, Math.Max(worst, Math.Abs((loss.mean().ToDouble() / exact) - 1)));
                moved += (int)rows.X.ne(Compensation.Forward(rows.Clean, rows.Noise, rows.Sigma)).any().ToDouble();
                return loss;
            })],
        };
        using var model = TrainingLoop.Run(context, plan, weights => method.Load(weights, context.Model));
        Assert.That(steps, Is.EqualTo(100));
        Assert.That(worst, Is.LessThan(1e-5));
        Assert.That(moved, Is.GreaterThan(90), "rows have taken steps, and rounding shows it");
    }

    [Test]
    public void The_modules_loss_moves_the_module_alone_until_it_is_frozen()
    {
        var context = Problem.Context(new FlatData(40), steps: 12, batch: 8);
        using var main = UNets.For(context.Model);
        using var second = CsModule.Build(context.Model);
        using var pool = Pool(context, 1);
        var method = new CsMethod(new());
        var module = new CsModule(second, new DdpmProcess(DiscreteSchedule.Scaled(T)));
        var rollout = new CsRollout(pool, rows => method.Estimate(main, rows), module, new(CsTerm.Learned, ModuleEpochs: 1));
        List<(bool Trains, double Weights, double MainGradient)> steps = [];
        var given = rollout.Plan(main);
        var plan = given with
        {
            Trainees = [given.Trainees[0], given.Trainees[1] with { Loss = batch =>
            {
                var before = Gradient(main);
                var loss = rollout.TermLoss(batch);
                loss.mean().backward(retain_graph: true);
                steps.Add((second.training, Weights(second), Gradient(main) - before));
                second.zero_grad(set_to_none: false);
                return loss;
            } }],
            After = batch =>
            {
                given.After!(batch);
                steps.Add((second.training, Weights(second), 0));
            },
        };
        using var model = TrainingLoop.Run(context, plan, weights => method.Load(weights, context.Model));
        Assert.That(steps.Select(s => s.MainGradient), Is.All.Zero);
        var frozen = steps.SkipWhile(s => s.Trains).ToList();
        Assert.That(frozen, Has.Count.GreaterThan(2));
        Assert.That(frozen.Select(s => s.Trains), Is.All.False);
        Assert.That(frozen.Select(s => s.Weights).Distinct(), Has.Exactly(1).Items);
        Assert.That(steps.TakeWhile(s => s.Trains).Select(s => s.Weights).Distinct().Count(), Is.GreaterThan(2));
    }

    [Test]
    public void Rows_keep_what_the_task_observes_of_their_image([Values] bool labels)
    {
        ITask task = labels ? new GenerateByClassTask() : new FirstColumn();
        var context = Problem.Context(new FlatData(64, classes: 4), steps: 6, task: task);
        using var pool = new RolloutPool(context.Model, 8, Problem.Shape, new DiscreteLevels(DiscreteSchedule.Scaled(T), false), 3, RolloutSource.Plain);
        Walk(context, pool, 20, rows =>
        {
            var images = rows.Clean.amax([1, 2, 3]).data<float>().ToArray().Select(v => (int)Math.Round((v + 1) / 2 * 63)).ToArray();
            if (labels)
            {
                Assert.That(rows.Condition!.Labels!.data<long>().ToArray(), Is.EqualTo(images.Select(i => (long)i % 4)));
            }
            else
            {
                Assert.That(rows.Condition!.Channels!.MaxError(rows.Clean), Is.Zero);
            }
        });
    }

    private static RolloutPool Pool(TrainingContext context, long rollout) => new(
        context.Model, context.Settings.Batch, Problem.Shape, new DiscreteLevels(DiscreteSchedule.Scaled(T), rollout == long.MaxValue), rollout, RolloutSource.Plain);

    // Steps with the true term, whatever a network would say.
    private static void Walk(TrainingContext context, RolloutPool pool, int steps, Action<RolloutRows> look)
    {
        using var batches = new TrainingBatches(context);
        for (var step = 0; step < steps; step++)
        {
            using var scope = torch.NewDisposeScope();
            using var batch = batches.Of(step);
            pool.Refill(batch);
            look(pool.Rows());
            pool.Advance(torch.zeros_like(pool.Rows().X), false, (rows, _, clean) => Compensation.Oracle(clean, rows.Clean, rows.Sigma, rows.Next));
        }
    }

    private static double Weights(torch.nn.Module module) => module.parameters().Sum(p => p.detach().@double().abs().sum().ToDouble());

    private static double Gradient(torch.nn.Module module) => module.parameters().Sum(p => p.grad?.@double().abs().sum().ToDouble() ?? 0);

    /// <summary>Observes the whole image, so that a row's condition can be compared with its image.</summary>
    private sealed class FirstColumn : ITask
    {
        public MetricKinds Metrics => MetricKinds.Distribution;

        public int ConditionChannels(DataShape shape) => shape.Channels;

        public Condition? Observe(TaskImages images) => new() { Channels = images.Clean };
    }
}
