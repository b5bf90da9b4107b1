namespace Dfx.Stf.Tests.Training;

[TestFixture]
internal sealed class ReferenceBatchTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void The_minibatch_comes_first_and_the_others_are_drawn_without_replacement([Values] bool flip)
    {
        using var data = new GaussianData(60, side: 4);
        var context = Runs.Context(data, batch: 6, flip: flip);
        var references = new ReferenceBatch(context, new(ReferenceBatch: 50));
        var others = new List<int[]>();
        Runs.EachBatch(context, batch =>
        {
            var images = references.Of(batch).Images;
            Assert.That(images.shape, Is.EqualTo(new long[] { 50, 1, 4, 4 }));
            Assert.That(images.narrow(0, 0, 6).MaxError(batch.Clean), Is.Zero);
            others.Add(data.Reads[^1]);
            Assert.That(batch.Indices.Concat(others[^1]), Is.Unique.And.Exactly(50).Items);
            Assert.That(images.narrow(0, 6, 44).MaxError(batch.Others(others[^1], "reference-flip")), Is.Zero);
        });
        Assert.That(others[1], Is.Not.EqualTo(others[0]), "every step draws anew");
    }

    [Test]
    public void The_others_are_mirrored_by_the_rule_of_the_minibatch()
    {
        using var data = new GaussianData(2000, side: 4);
        var context = Runs.Context(data, steps: 1, flip: true);
        var references = new ReferenceBatch(context, new(ReferenceBatch: 1004));
        Runs.EachBatch(context, batch =>
        {
            var images = references.Of(batch).Images.narrow(0, 4, 1000);
            var plain = data.Read(Split.Train, data.Reads[^1]);
            var (same, mirrored) = (Equal(images, plain), Equal(images, plain.flip(3)));
            Assert.That(same + mirrored, Is.EqualTo(1000));
            Assert.That(mirrored, Is.EqualTo(500).Within(64), "four standard deviations");
        });
    }

    [Test]
    public void All_images_are_drawn_equally_often()
    {
        using var data = new GaussianData(20);
        var context = Runs.Context(data, steps: 400);
        var references = new ReferenceBatch(context, new(ReferenceBatch: 10));
        var counts = new int[20];
        Runs.EachBatch(context, batch =>
        {
            references.Of(batch);
            Array.ForEach(data.Reads[^1], i => counts[i]++);
        });

        // 400 steps × 6 others of 20, less variable than a binomial law.
        Assert.That(counts, Is.All.EqualTo(120).Within(4 * Math.Sqrt(120 * 0.95)));
    }

    [TestCase(null, 4096)]
    [TestCase(4, 4)]
    [TestCase(17, 17)]
    public void It_has_as_many_images_as_were_asked_for(int? asked, int expected)
    {
        var context = Runs.Context(new GaussianData(5000), steps: 1);
        var references = new ReferenceBatch(context, new(ReferenceBatch: asked));
        Runs.EachBatch(context, batch => Assert.That(references.Of(batch).Images.shape[0], Is.EqualTo(expected)));
    }

    [Test]
    public void Left_out_it_is_the_whole_of_a_small_dataset()
    {
        var context = Runs.Context(new GaussianData(30), steps: 1);
        var references = new ReferenceBatch(context, new());
        Runs.EachBatch(context, batch => Assert.That(references.Of(batch).Images.shape[0], Is.EqualTo(30)));
    }

    [Test]
    public void Labels_are_there_if_the_task_uses_them_or_somebody_asks([Values] bool byClass, [Values] bool asked)
    {
        using var data = new GaussianData(30, 3);
        var context = Runs.Context(data, steps: 1, task: byClass ? new GenerateByClassTask() : new GenerateTask());
        var references = new ReferenceBatch(context, new(ReferenceBatch: 10, MaskLabels: asked ? true : null));
        Runs.EachBatch(context, batch =>
        {
            var labels = references.Of(batch).Labels;
            Assert.That(labels is not null, Is.EqualTo(byClass || asked));
            var read = batch.Indices.Concat(data.Reads[^1]).Select(i => (long)i % 3);
            Assert.That(labels?.data<long>().ToArray() ?? read, Is.EqualTo(read));
        });
    }

    [TestCase(3, 30, 3, null, false, "reference-batch is 3, smaller than the training batch of 4")]
    [TestCase(31, 30, 3, null, false, "reference-batch is 31, but the training set has 30 images")]
    [TestCase(10, 30, 0, true, false, "the dataset has no labels")]
    [TestCase(10, 30, 1, true, false, "the dataset has one class only")]
    [TestCase(10, 30, 3, false, true, "the target would mix classes")]
    public void What_cannot_work_is_refused_before_the_first_step(int n, int images, int classes, bool? mask, bool byClass, string message)
    {
        using var data = new GaussianData(images, classes);
        var context = Runs.Context(data, task: byClass ? new GenerateByClassTask() : null);
        Assert.That(
            () => new StfMethod(new(ReferenceBatch: n, MaskLabels: mask)).Train(context),
            Throws.ArgumentException.With.Message.Contains(message));
        Assert.That(data.Reads, Is.Empty);
    }

    [Test]
    public void It_does_not_apply_where_every_image_has_a_condition_of_its_own() => Assert.That(
        () => new StfMethod(new()).Train(Runs.Context(new GaussianData(), task: new Observed())),
        Throws.TypeOf<NotApplicableException>().With.Message.Contains("same condition"));

    private static int Equal(torch.Tensor a, torch.Tensor b) => (int)a.eq(b).flatten(1).all(1).sum().ToInt64();

    private sealed class Observed : ITask
    {
        public MetricKinds Metrics => MetricKinds.Paired;

        public int ConditionChannels(DataShape shape) => 1;

        public Condition? Observe(TaskImages images) => null;
    }
}
