namespace Dfx.Diffusion.Tests.Training;

/// <summary>A batch in parts has the rows and the gradient of the whole one.</summary>
[TestFixture]
internal sealed class AccumulationTests
{
    private const int Batch = 8;
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(2, 0)]
    [TestCase(4, 0)]
    [TestCase(8, 0)]
    [TestCase(4, 0.3)]
    public void Parts_add_up_to_the_gradient_of_the_whole(int parts, double augment)
    {
        var (expected, actual) = (Gradient(Context(1, augment)), Gradient(Context(parts, augment)));
        Assert.That(actual.MaxError(expected) / expected.abs().max().ToDouble(), Is.LessThan(2e-6));
    }

    [TestCase(0)]
    [TestCase(0.3)]
    public void Ten_steps_lead_to_the_same_weights(double augment)
    {
        using var expected = Runs.Train(Context(1, augment, steps: 10));
        using var actual = Runs.Train(Context(4, augment, steps: 10));
        var (whole, parts) = (expected.ToCheckpoint().Tensors, actual.ToCheckpoint().Tensors);
        Assert.That(whole.Max(t => t.Value.MaxError(parts[t.Key])), Is.LessThan(2e-5));
    }

    [Test]
    public void A_part_has_the_rows_of_the_whole()
    {
        var context = Context(4, 0.3);
        using var whole = new TrainingBatches(context).Of(3);
        var parts = whole.Parts.ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parts.Select(p => (p.Count, p.First)), Is.EqualTo(new[] { (2, 24L), (2, 26), (2, 28), (2, 30) }));
            Assert.That(parts.SelectMany(p => p.Indices), Is.EqualTo(whole.Indices));
            Same(parts, whole, b => b.Clean);
            Same(parts, whole, b => b.Condition!.Labels!);
            Same(parts, whole, b => b.Condition!.Augmentation!);
            Same(parts, whole, b => b.Normal("noise"));
            Same(parts, whole, b => b.Noise("sigma").Uniform(b.Step, b.Count));
            Same(parts, whole, b => b.Noise("patches").Normal(b.Step, 3 * b.Count, 5));
            Same(parts, whole, b => torch.tensor(b.Noise("top").Integers(b.Step, 1000, 2 * b.Count)));
            Same(parts, whole, b => b.Rows(torch.arange(Batch)));
        }
    }

    [Test]
    public void What_is_drawn_for_the_step_is_the_same_in_every_part()
    {
        using var whole = new TrainingBatches(Context(4, 0.3)).Of(3);
        foreach (var part in whole.Parts)
        {
            Assert.That(part.Noise("once").Uniform(3, 1).ToSingle(), Is.EqualTo(whole.Noise("once").Uniform(3, 1).ToSingle()));
            Assert.That(part.Noise("order").Permutation(3, 9), Is.EqualTo(whole.Noise("order").Permutation(3, 9)));
            Assert.That(part.Others([4, 5, 6, 7], "others").MaxError(whole.Others([4, 5, 6, 7], "others")), Is.Zero);
        }
    }

    [Test]
    public void Updates_of_a_step_draw_numbers_of_their_own()
    {
        using var whole = new TrainingBatches(Context(2, 0)).Of(3);
        var (first, second) = (whole.PartsOf(0).ToList(), whole.PartsOf(1).ToList());
        Assert.That(second[1].Clean.MaxError(first[1].Clean), Is.Zero);
        Assert.That(second[1].Normal("noise").MaxError(first[1].Normal("noise")), Is.Positive);
        Assert.That(second[1].Normal("noise").MaxError(second[0].Normal("noise")), Is.Positive);
    }

    [Test]
    public void Parts_have_the_dropout_of_the_whole()
    {
        var context = Context(1, 0);
        using var network = UNets.For(context.Model);
        Fill(network);
        var (x, sigma) = (new StepNoise(2, "x", torch.CPU).Normal(0, Batch, 1, 8, 8), torch.ones(Batch));
        network.AtStep(5);
        var whole = Call(0, Batch);
        network.AtStep(5, part: 1);
        var part = Call(2, 2);
        network.AtStep(5);
        var other = Call(2, 2);
        var size = whole.abs().max().ToDouble();
        Assert.That(part.MaxError(whole.narrow(0, 2, 2)), Is.LessThan(1e-5 * size));
        Assert.That(other.MaxError(whole.narrow(0, 2, 2)), Is.GreaterThan(1e-3 * size));

        torch.Tensor Call(int first, int count) => network.call(
            x.narrow(0, first, count), sigma.narrow(0, first, count), new() { Labels = torch.arange(first, first + count, torch.int64).remainder(2) }).detach();
    }

    [TestCase(3)]
    [TestCase(0)]
    [TestCase(16)]
    public void Parts_are_equal(int parts)
    {
        var context = Context(parts, 0);
        Assert.That(() => new TrainingBatches(context), Throws.ArgumentException.With.Message.Contains($"accumulate is {parts}, which does not divide the batch of 8"));
    }

    [Test]
    public void An_interrupted_run_ends_with_the_same_bits()
    {
        using var expected = Runs.Train(Context(4, 0.3, steps: 12));
        var host = new TestHost(_ => true);
        using var source = new CancellationTokenSource();
        host.Reported = done => { if (done == 5) { source.Cancel(); } };
        Assert.That(() => Runs.Train(Context(4, 0.3, host, 12) with { Cancellation = source.Token }), Throws.InstanceOf<OperationCanceledException>());
        using var actual = Runs.Train(Context(4, 0.3, host, 12));
        Runs.AssertEqual(actual.ToCheckpoint().Tensors, expected.ToCheckpoint().Tensors);
    }

    // A fresh network's output is close to 0.
    private static void Fill(torch.nn.Module network)
    {
        using var outside = torch.no_grad();
        foreach (var (i, parameter) in network.parameters().Index())
        {
            parameter.copy_(new StepNoise(1, "weights", torch.CPU).Normal(i, parameter.shape) / 4);
        }
    }

    private static void Same(IEnumerable<TrainingBatch> parts, TrainingBatch whole, Func<TrainingBatch, torch.Tensor> what) =>
        Assert.That(torch.cat([.. parts.Select(what)]).ne(what(whole)).any().ToBoolean(), Is.False);

    // Of the first step, as it comes from the losses: nothing is clipped.
    private static torch.Tensor Gradient(TrainingContext context)
    {
        using var network = UNets.For(context.Model);
        torch.Tensor gradient = null!;
        var plan = TrainingPlan.Of(network, batch => ScoreMatching.Loss(Runs.Process, network, batch));
        using var run = new TrainingRun(context, plan with { After = _ => gradient = Joined(network) });
        run.Step();
        return gradient;
    }

    private static torch.Tensor Joined(torch.nn.Module network) =>
        torch.cat([.. network.parameters().Select(p => p.grad!.reshape(-1))]).DetachFromDisposeScope();

    // Without attention, whose keys' bias has a gradient of rounding alone.
    private static TrainingContext Context(int parts, double augment, ITrainingHost? host = null, int steps = 1)
    {
        var context = Runs.Context(host ?? new TestHost(), steps, dropout: 0.2);
        return context with
        {
            Model = context.Model with
            {
                Data = new LabelledData(),
                Task = new GenerateByClassTask(),
                Augmented = augment > 0,
                Network = context.Model.Network with { Attention = [] },
            },
            Settings = context.Settings with { Batch = Batch, Accumulate = parts, Flip = augment == 0, Augment = augment, Clip = 1e9, Checkpoints = [1] },
        };
    }

    private sealed class LabelledData : IDataSource
    {
        private readonly TestData _data = new();

        public DataShape Shape => _data.Shape;

        public IReadOnlyList<string> Classes => ["even", "odd"];

        public bool IsImages => true;

        public int Count(Split split) => _data.Count(split);

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices) => _data.Read(split, indices);

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => torch.tensor(indices.ToArray().Select(i => (long)(i % 2)).ToArray());

        public void Dispose()
        {
        }
    }
}
