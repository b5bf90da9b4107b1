namespace Dfx.SoftDiffusion.Tests.Training;

[TestFixture]
internal sealed class SoftMethodTests
{
    private static readonly SoftOptions s_linear = new(Schedule: ScheduleKind.Linear);

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<SoftOptions> Options() =>
    [
        s_linear,
        s_linear with { Objective = SoftObjective.CleanL2 },
        s_linear with { Objective = SoftObjective.CleanL1 },
        s_linear with { Corruption = CorruptionKind.MaskWindow },
        s_linear with { Corruption = CorruptionKind.MaskPixels, Rings = 3 },
        s_linear with { SigmaMax = 0.025, NoiseShare = 0.3, Kernel = 7 },
    ];

    [TestCaseSource(nameof(Options))]
    public void Its_loss_falls_and_its_model_loads(SoftOptions options)
    {
        var (method, context) = (new SoftMethod(options), Runs.Context(new SmoothData(), 50, 16));
        using var model = method.Train(context);
        Assert.That(Loss(options, context, model), Is.LessThan(0.8 * Loss(options, context)));
        using var loaded = method.Load(model.ToCheckpoint(), context.Model);
        var (x, t) = (Images.Normal("x", 3, 1, 8, 8), torch.tensor([1e-5, 0.5, 1]));
        Assert.That(loaded.Restore(x, t).MaxError(model.Restore(x, t)), Is.Zero);
        Assert.That(Runs.Bits(loaded), Is.EqualTo(Runs.Bits(model)));
        Assert.That(((SoftCorruption)loaded.Corruption).Schedule, Is.EqualTo(((SoftCorruption)model.Corruption).Schedule));
    }

    [Test]
    public void The_estimate_is_the_image_and_sigma_times_the_network()
    {
        var context = Runs.Context(new SmoothData());
        using var model = new SoftMethod(s_linear).Train(context);
        using var network = Network(context, model);
        var (x, t) = (Images.Normal("x", 4, 1, 8, 8) * 3, torch.tensor([1e-5, 0.1, 0.5, 1]));
        var sigma = torch.tensor(new[] { 1e-5, 0.1, 0.5, 1 }.Select(model.Corruption.Sigma).ToArray()).view(-1, 1, 1, 1);
        var expected = x + (network.call(x.@float(), (t * 999).@float(), null).@double() * sigma);
        Assert.That(model.Restore(x, t).MaxError(expected), Is.LessThan(1e-9), "and is not clipped");
        Assert.That(model.Restore(x.@float(), t.@float()).dtype, Is.EqualTo(torch.ScalarType.Float32));
    }

    [Test]
    public void A_checkpoint_says_what_schedule_it_was_trained_on()
    {
        var context = Runs.Context(new SmoothData(), 1);
        using var model = new SoftMethod(s_linear with { BlurMax = 2.5 }).Train(context);
        Assert.That(model.ToCheckpoint().Tensors["schedule/nodes"].data<double>().ToArray(), Is.EqualTo(new[] { 0.01, 2.5 }));
        using var other = new SoftMethod(s_linear with { BlurMax = 2.5, Schedule = ScheduleKind.Wasserstein }).Load(model.ToCheckpoint(), context.Model);
        Assert.That(((SoftCorruption)other.Corruption).Schedule.Level(1), Is.EqualTo(2.5), "nothing is computed again");
    }

    [Test]
    public void The_prior_changes_nothing_that_is_trained([Values(SoftPrior.LowModes, SoftPrior.Colour)] SoftPrior prior)
    {
        using var empirical = new SoftMethod(s_linear).Train(Runs.Context(new SmoothData()));
        using var other = new SoftMethod(s_linear with { Prior = prior }).Train(Runs.Context(new SmoothData()));
        Assert.That(Runs.Bits(other), Is.EqualTo(Runs.Bits(empirical)));
        using var loaded = new SoftMethod(s_linear with { Prior = prior }).Load(empirical.ToCheckpoint(), Runs.Context(new SmoothData()).Model);
        Assert.That(Runs.Bits(loaded), Is.EqualTo(Runs.Bits(empirical)));
    }

    [Test]
    public void Parts_of_a_batch_train_the_same_model()
    {
        var context = Runs.Context(new SmoothData(), 3, 8);
        using var whole = new SoftMethod(s_linear).Train(context);
        using var parts = new SoftMethod(s_linear).Train(context with { Settings = context.Settings with { Accumulate = 4 } });
        var (x, t) = (Images.Normal("x", 3, 1, 8, 8), torch.tensor([1e-5, 0.5, 1]));
        Assert.That(parts.Restore(x, t).MaxError(whole.Restore(x, t)), Is.LessThan(1e-4));
    }

    [Test]
    public void Networks_are_told_what_the_task_observes()
    {
        var (data, t) = (new SmoothData(classes: 3), torch.tensor([0.2, 0.5, 1]));
        var context = Runs.Context(data, 2, task: new HalfAndClass());
        context = context with { Model = context.Model with { Augmented = true }, Settings = context.Settings with { Augment = 0.5, LearningRate = 0.1 } };
        using var model = new SoftMethod(s_linear).Train(context);
        var x = Images.Normal("x", 3, 1, 8, 8);
        Condition Told(double channel, long label) => new()
        {
            Channels = torch.full([3, 1, 8, 8], channel),
            Labels = torch.full([3], label, torch.ScalarType.Int64),
        };
        var first = model.Restore(x, t, Told(0, 0));
        Assert.That(model.Restore(x, t, Told(1, 0)).MaxError(first), Is.GreaterThan(1e-6));
        Assert.That(model.Restore(x, t, Told(0, 1)).MaxError(first), Is.GreaterThan(1e-6));
    }

    [TestCase(8)]
    [TestCase(64)]
    public void An_even_kernel_is_refused_before_the_first_step(int kernel)
    {
        var data = new SmoothData();
        Assert.That(
            () => new SoftMethod(s_linear with { Kernel = kernel }).Train(Runs.Context(data)),
            Throws.ArgumentException.With.Message.EqualTo($"kernel is {kernel}, an even number, and has no middle: give {kernel - 1} or {kernel + 1}."));
        Assert.That(data.Read, Is.Zero);
    }

    [Test]
    public void A_mask_that_no_budget_can_undo_is_refused_before_the_first_step()
    {
        var (data, masks) = (new SmoothData(), s_linear with { Corruption = CorruptionKind.MaskWindow });
        var context = Runs.Context(data, 1);
        Assert.That(
            () => new SoftMethod(masks).Train(context with { Budgets = [2, 3] }),
            Throws.ArgumentException.With.Message.EqualTo("The mask has 4 rings, and no cell has as many evaluations, so that some steps would uncover several rings at once: nfe 2, 3. Give an nfe of 4 or more, or rings 3 or fewer."));
        Assert.That(data.Read, Is.Zero);
        foreach (var (options, budgets) in new (SoftOptions, int[])[] { (masks, [2, 4]), (masks, []), (masks with { Rings = 3 }, [3]), (s_linear, [1]) })
        {
            using var model = new SoftMethod(options).Train(context with { Budgets = budgets });
            Assert.That(model.Corruption.MinSteps, Is.EqualTo(options == s_linear ? 1 : options.Rings ?? 4));
        }
    }

    [Test]
    public void Too_few_images_for_a_prior_are_refused_before_training_and_by_Load()
    {
        var (options, message) = (s_linear with { Prior = SoftPrior.LowModes }, "training images at least, of which there are 3");
        var context = Runs.Context(new SmoothData(3));
        Assert.That(() => new SoftMethod(options).CheckUse(context.Model), Throws.ArgumentException.With.Message.Contains(message));
        Assert.That(() => new SoftMethod(s_linear).CheckUse(context.Model), Throws.Nothing);
        using var model = new SoftMethod(s_linear).Train(context);
        Assert.That(() => new SoftMethod(options).Load(model.ToCheckpoint(), context.Model), Throws.ArgumentException.With.Message.Contains(message));
    }

    [Test]
    public void A_mask_has_no_modes([Values(SoftPrior.LowModes, SoftPrior.Colour)] SoftPrior prior) => Assert.That(
        () => new SoftMethod(s_linear with { Corruption = CorruptionKind.MaskWindow, Prior = prior }).Train(Runs.Context(new SmoothData())),
        Throws.TypeOf<NotApplicableException>().With.Message.Contains("take prior empirical"));

    [Test]
    public void Left_out_the_blur_has_the_size_of_the_image()
    {
        var blur = (GaussianBlur)new SoftOptions().Operator(new(3, 20, 25));
        Assert.That((blur.Height, blur.Width, blur.HalfWidth, blur.Least, blur.Most), Is.EqualTo((20, 25, 25, 0.01, 9.0)));
    }

    // Of the first steps' batches: the untrained network, or that of a model.
    private static double Loss(SoftOptions options, TrainingContext context, ICorruptionModel? model = null)
    {
        var linear = options.Operator(context.Model.Data.Shape);
        var loss = new SoftLoss(options.Objective, new(linear, options.Through([linear.Least, linear.Most])));
        using var network = Network(context, model);
        using var batches = new TrainingBatches(context);
        return Enumerable.Range(0, 4).Average(step =>
        {
            using var batch = batches.Of(step);
            return loss.Of(network, batch).mean().ToDouble();
        });
    }

    private static UNet Network(TrainingContext context, ICorruptionModel? model)
    {
        var network = UNets.For(context.Model);
        if (model is not null)
        {
            network.Restore(SoftModel.Split(model.ToCheckpoint()).Weights);
        }

        network.eval();
        return network;
    }

    private sealed class HalfAndClass : ITask
    {
        public MetricKinds Metrics => MetricKinds.Paired;

        public bool UsesLabels => true;

        public int ConditionChannels(DataShape shape) => 1;

        public Condition? Observe(TaskImages images) => new() { Channels = images.Clean.mul(0.5), Labels = images.Labels };
    }
}
