using Dfx.SoftDiffusion.Analyses;

namespace Dfx.SoftDiffusion.Tests.Analyses;

[TestFixture]
internal sealed class NeighboursTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1024)]
    public void The_nearest_image_is_that_of_all_differences(int chunk)
    {
        var data = new GaussianImages(train: 40, test: 30);
        var (train, test) = (All(data, Split.Train), All(data, Split.Test));
        var search = new NearestImages(data, chunk);
        var nearest = search.Of(test, _ => { }, CancellationToken.None);
        var expected = Enumerable.Range(0, 30).Select(i => Enumerable.Range(0, 40).MinBy(j => Distance(test[i], train[j]))).ToArray();
        Assert.That(nearest, Is.EqualTo(expected));
        Assert.That(search.Distances(test, nearest), Is.EqualTo(expected.Select((j, i) => Distance(test[i], train[j]))).Within(1e-12));
    }

    [Test]
    public void A_copy_is_at_no_distance()
    {
        var data = new GaussianImages(train: 40);
        var search = new NearestImages(data, 7);
        var nearest = search.Of(All(data, Split.Train), _ => { }, CancellationToken.None);
        Assert.That(nearest, Is.EqualTo(Enumerable.Range(0, 40)));
        Assert.That(search.Distances(All(data, Split.Train), nearest), Is.All.Zero);
    }

    [Test]
    public void Copies_are_told_from_new_images()
    {
        var data = new GaussianImages(train: 40, test: 50);
        using var copies = new Copies(data);
        var table = new NeighboursAnalysis(new(Samples: 20, Nfe: 3)).Run(Contexts.Of(data, copies));
        Assert.That(table.Column("images"), Is.EqualTo(Enumerable.Repeat("samples", 7).Concat(Enumerable.Repeat("test", 7))));
        Assert.That(table.Numbers("quantile"), Is.EqualTo(new[] { 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1, 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1 }));
        Assert.That(table.Numbers("distance")[..7], Is.All.Zero);
        Assert.That(table.Numbers("relative"), Is.EqualTo(Enumerable.Repeat(0.0, 7).Concat(Enumerable.Repeat(1.0, 7))));
        var (sample, nearest) = (table.Sheets.Single().Rows[0].Images, table.Sheets.Single().Rows[1].Images);
        Assert.That(sample.shape, Is.EqualTo(new long[] { 16, 1, 4, 4 }));
        Assert.That(nearest.Values(), Is.EqualTo(sample.Values()));
        Assert.That(table.Sheets.Single().Columns, Is.All.EqualTo("0.000"));
    }

    /// <summary>20 test images, whose quantiles are by linear interpolation between ranks.</summary>
    [Test]
    public void Distances_of_test_images_have_the_quantiles_of_a_sorted_list()
    {
        var data = new GaussianImages(train: 40, test: 20);
        using var model = new DimmedGaussian(data.Shape);
        var table = new NeighboursAnalysis(new(Samples: 20, Nfe: 3)).Run(Contexts.Of(data, model));
        var (train, test) = (All(data, Split.Train), All(data, Split.Test));
        var sorted = Enumerable.Range(0, 20).Select(i => Enumerable.Range(0, 40).Min(j => Distance(test[i], train[j]))).Order().ToArray();
        double[] expected = [sorted[0], Between(0.95), Between(4.75), Between(9.5), Between(14.25), Between(18.05), sorted[19]];
        Assert.That(table.Numbers("distance")[7..], Is.EqualTo(expected).Within(1e-9));
        Assert.That(table.Numbers("relative")[3], Is.EqualTo(table.Numbers("distance")[3] / Between(9.5)).Within(1e-9));

        double Between(double place) => sorted[(int)place] + ((place % 1) * (sorted[(int)place + 1] - sorted[(int)place]));
    }

    [Test]
    public void Without_test_images_there_are_samples_alone()
    {
        var data = new GaussianImages(train: 40, test: 0);
        using var copies = new Copies(data);
        var table = new NeighboursAnalysis(new(Samples: 3, Nfe: 3)).Run(Contexts.Of(data, copies));
        Assert.That(table.Rows, Has.Count.EqualTo(7));
        Assert.That(table.Column("relative"), Is.All.Null);
    }

    [Test]
    public void Samples_do_not_depend_on_how_many_are_drawn()
    {
        var data = new GaussianImages(train: 10, test: 0);
        using var model = new DimmedGaussian(data.Shape);
        double[] First(int samples) => new NeighboursAnalysis(new(samples, 3)).Run(Contexts.Of(data, model)).Sheets.Single().Rows[0].Images.narrow(0, 0, 2).Values();
        Assert.That(First(70), Is.EqualTo(First(2)).Within(1e-6));
    }

    /// <summary>70 samples are two batches: each sample has random numbers of its own.</summary>
    [Test]
    public void Every_batch_has_samples_of_its_own()
    {
        var data = new GaussianImages(train: 10, test: 0);
        using var inner = new DimmedGaussian(data.Shape);
        var model = AnalysedModel.Of(Contexts.Of(data, inner), "samples");
        var samples = model.Samples("samples", 3, 70, _ => { });
        Assert.That(samples.shape[0], Is.EqualTo(70));
        Assert.That(samples.narrow(0, 64, 6).Values(), Is.EqualTo(model.Sample(inner, "samples", 3, 64, 6).Values()).Within(1e-12));
        Assert.That((samples.narrow(0, 64, 6) - samples.narrow(0, 0, 6)).abs().min().ToDouble(), Is.GreaterThan(1e-9));
    }

    private static double Distance(torch.Tensor x, torch.Tensor y) => Math.Sqrt(x.Values().Zip(y.Values(), (a, b) => (a - b) * (a - b)).Average());

    private static torch.Tensor All(GaussianImages data, Split split) => data.Read(split, [.. Enumerable.Range(0, data.Count(split))]).@double();

    /// <summary>A model that has learned its training images by heart: row i is the i-th.</summary>
    private sealed class Copies(GaussianImages data) : ICorruptionModel
    {
        private readonly DimmedGaussian _inner = new(data.Shape);

        public ICorruption Corruption => _inner;

        public DataShape Shape => data.Shape;

        public IReadOnlyList<NetworkCard> Networks => [];

        public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
        {
            using var images = data.Read(Split.Train, [.. Enumerable.Range(0, (int)x.shape[0])]);
            return images.to(x.dtype);
        }

        public torch.Tensor Prior(double level, SampleNoise noise) => _inner.Prior(level, noise);

        public Checkpoint ToCheckpoint() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
