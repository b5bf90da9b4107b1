using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Tests;

/// <summary>What the corrections say of their options before anything is trained.</summary>
[TestFixture]
internal sealed class CheckTests
{
    private static readonly ResidualOptions s_small = new(Size: FunctionSize.Model);

    private static void Check(ResidualOptions options, INoiseSchedule? schedule = null, ModelContext? model = null) =>
        new Residual(options).Check(new() { Model = model ?? Problem.Model(), Schedule = schedule });

    [Test]
    public void Defaults_pass_on_every_schedule([Values] ProcessKind process) => Assert.That(() => Check(s_small, process.Process().Schedule), Throws.Nothing);

    /// <summary>The last stop of N levels is the last but one, and the first start the first: N - 2 steps.</summary>
    [TestCase(18, 16, true)]
    [TestCase(18, 17, false)]
    [TestCase(5, 3, true)]
    [TestCase(5, 4, false)]
    public void More_steps_than_the_grid_has_are_refused(int levels, int n, bool possible) => Assert.That(
        () => Check(s_small with { Levels = levels, N = n }),
        possible ? Throws.Nothing : Throws.ArgumentException.With.Message.Contain($"n is {n}").And.Message.Contain($"at most {levels - 2} steps"));

    // Of EDM's 18 levels the lowest start is 0.0229; of a VP source the last stop is 0.0105 and the start before it 0.0257.
    [TestCase(0.024, ProcessKind.Edm, true)]
    [TestCase(0.0228, ProcessKind.Edm, false)]
    [TestCase(0.024, ProcessKind.Vp, false)]
    [TestCase(0.03, ProcessKind.Vp, true)]
    [TestCase(0.03, ProcessKind.Ve, false)]
    public void Starts_below_the_grid_of_the_source_have_no_meaning_with_it(double most, ProcessKind process, bool possible) => Assert.That(
        () => Check(s_small with { SigmaAMax = most }, process.Process().Schedule),
        possible ? Throws.Nothing : Throws.TypeOf<NotApplicableException>().With.Message.Contain("sigma-a-max"));

    [Test]
    public void What_depends_on_a_schedule_is_left_open_without_one()
    {
        Assert.That(() => Check(s_small with { SigmaAMax = 0.0228 }), Throws.Nothing);
        Assert.That(() => Check(s_small with { SigmaAMax = 0.002 }), Throws.ArgumentException, "whatever the source is");
    }

    [Test]
    public void The_check_agrees_with_what_the_collection_would_find([Values(1, 5, 15, 16)] int n, [Values(null, 0.01, 0.05, 1.0)] double? most, [Values] PairDraw law)
    {
        var options = s_small with { N = n, SigmaAMax = most, Law = law, Pairs = 1 };
        Exception? checkedNow = Thrown(() => Check(options, new EdmSchedule())), later = Thrown(() => Problem.Collect(FormulaDenoiser.Gaussian(), options.Collected));
        Assert.That(checkedNow?.GetType(), Is.EqualTo(later?.GetType()), later?.Message);
    }

    [Test]
    public void A_task_that_hides_a_part_and_images_that_no_network_takes_have_no_meaning()
    {
        Assert.That(() => Check(s_small, model: Problem.Model() with { Task = new HidingTask() }), Throws.TypeOf<NotApplicableException>().With.Message.Contain("states alone"));
        var thrice = Problem.Model() with { Network = new() { Channels = 8, Multipliers = [1, 1, 1, 1, 1], Blocks = 1, Attention = [] } };
        Assert.That(() => Check(s_small, model: thrice), Throws.TypeOf<NotApplicableException>().With.Message.Contain("cannot be halved"));
        Assert.That(() => s_small.Shape.Build(thrice), Throws.ArgumentException, "which training would have found");
    }

    [Test]
    public void Distillation_asks_for_a_teacher_of_this_plugin()
    {
        var plan = new CorrectionPlan { Model = Problem.Model() };
        var pupil = new Distillation(new(Size: FunctionSize.Model));
        Assert.That(() => pupil.Check(plan with { Teacher = new Residual(s_small) }), Throws.Nothing);
        Assert.That(() => pupil.Check(plan with { Teacher = pupil }), Throws.Nothing);
        Assert.That(() => pupil.Check(plan), Throws.ArgumentException.With.Message.Contain("teacher:"));
        Assert.That(() => pupil.Check(plan with { Teacher = new StopControl(new()) }), Throws.ArgumentException.With.Message.Contain("of this plugin"));
        Assert.That(() => new Distillation(new(Size: FunctionSize.Model, N: 17)).Check(plan with { Teacher = pupil }), Throws.ArgumentException.With.Message.Contain("n is 17"));
    }

    /// <summary>Never another distance in its place; training asks for the weights that the check asked for, and for no others.</summary>
    [Test]
    public void Without_weights_LPIPS_has_no_meaning()
    {
        var plan = new CorrectionPlan { Model = Problem.Model() };
        var pupil = new Distillation(new(Size: FunctionSize.Model, Metric: ResidualMetric.Lpips));
        Assert.That(() => new Residual(s_small with { Metric = ResidualMetric.Lpips }).Check(plan), Throws.TypeOf<NotApplicableException>().With.Message.Contain("dfx data add vgg16"));
        Assert.That(() => pupil.Check(plan with { Teacher = pupil }), Throws.TypeOf<NotApplicableException>().With.Message.Contain("dfx data add vgg16"));
        List<string> asked = [];
        Assert.That(
            () => ImageDistance.Of(ResidualMetric.Lpips, Problem.Training() with { Weights = id => { asked.Add(id); throw new InvalidOperationException(); } }), Throws.InvalidOperationException);
        Assert.That(asked, Is.EqualTo(new[] { PerceptualDistance.Trunk }));
        Assert.That(() => ImageDistance.Of(ResidualMetric.L1, Problem.Training()), Throws.Nothing);
    }

    [Test]
    public void Distances_are_means_over_pixels()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = (Problem.Normal("x", 3, 1, 8, 8), Problem.Normal("y", 3, 1, 8, 8));
        var (one, other) = (x.data<double>().ToArray(), y.data<double>().ToArray());
        double Mean(int image, Func<double, double> of) => Enumerable.Range(64 * image, 64).Sum(i => of(one[i] - other[i])) / 64;
        using var squared = new ImageDistance(ResidualMetric.L2);
        using var absolute = new ImageDistance(ResidualMetric.L1);
        Assert.That(squared.Between(x, y).data<double>().ToArray(), Is.EqualTo(Enumerable.Range(0, 3).Select(i => Mean(i, d => d * d))).Within(1e-12));
        Assert.That(absolute.Between(x, y).data<double>().ToArray(), Is.EqualTo(Enumerable.Range(0, 3).Select(i => Mean(i, Math.Abs))).Within(1e-12));
    }

    private static Exception? Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotApplicableException)
        {
            return e;
        }
    }

    /// <summary>A task that shows a part of an image.</summary>
    private sealed class HidingTask : ITask
    {
        public MetricKinds Metrics => MetricKinds.Paired;

        public bool UsesLabels => false;

        public int ConditionChannels(DataShape data) => data.Channels + 1;

        public Condition? Observe(TaskImages images) => throw new NotSupportedException();
    }
}
