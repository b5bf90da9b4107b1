using Dfx.SoftDiffusion.Analyses;

namespace Dfx.SoftDiffusion.Tests.Analyses;

[TestFixture]
internal sealed class MeansTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // The posterior's variance p = v sigma² / (g² v + sigma²); after the corruption g² p; of the hidden (1 - g) (x0 + 1) it is (1 - g)² p, and (1 - g)² v of the mean.
    [Test]
    public void Errors_of_an_exact_model_are_those_of_the_posterior()
    {
        var data = new GaussianImages();
        using var model = new DimmedGaussian(data.Shape);
        var table = new MeansAnalysis(new(States: 2000, Levels: 5)).Run(Contexts.Of(data, model));
        Assert.That(table.Numbers("t"), Is.EqualTo(new[] { 0.01, 0.25, 0.5, 0.75, 1 }));
        Assert.That(table.Column("level"), Is.All.Null);
        foreach (var (row, t) in table.Rows.Zip(table.Numbers("t")))
        {
            var (g, sigma) = (1 - t, 0.1 * t);
            var posterior = GaussianImages.Variance * sigma * sigma / ((g * g * GaussianImages.Variance) + (sigma * sigma));
            Assert.That((double)row[8]!, Is.EqualTo(sigma).Within(1e-12));
            AssertNear(row, 2, posterior);
            AssertNear(row, 4, g * g * posterior);
            AssertNear(row, 6, posterior / GaussianImages.Variance);
        }
    }

    [Test]
    public void The_sheet_has_every_estimate_below_its_state()
    {
        var data = new GaussianImages();
        using var model = new DimmedGaussian(data.Shape);
        var sheet = new MeansAnalysis(new(Images: 3, States: 8, Levels: 4)).Run(Contexts.Of(data, model)).Sheets.Single();
        Assert.That(sheet.Columns, Is.EqualTo(new[] { "0.01", "0.33", "0.67", "1.00" }));
        Assert.That(sheet.Rows.Select(r => r.Name), Is.EqualTo(new[] { "image 1", "estimate", "image 2", "estimate", "image 3", "estimate" }));
        for (var i = 0; i < 6; i += 2)
        {
            var (states, estimates) = (sheet.Rows[i].Images, sheet.Rows[i + 1].Images);
            Assert.That(states.shape, Is.EqualTo(new long[] { 4, 1, 4, 4 }));
            var expected = model.Restore(states.@double(), torch.tensor(new[] { 0.01, 1 / 3.0, 2 / 3.0, 1 }));
            Assert.That((expected - estimates).abs().max().ToDouble(), Is.LessThan(1e-5));
        }
    }

    /// <summary>At its highest level a mask leaves noise around black, of which the picture has what lies in [-1, 1].</summary>
    [Test]
    public void Pictures_lie_in_the_range_of_images()
    {
        var data = new GaussianImages();
        using var model = new DimmedGaussian(data.Shape);
        var last = new MeansAnalysis(new(Images: 8, States: 8, Levels: 2)).Run(Contexts.Of(data, model)).Sheets.Single().Rows[0].Images[1];
        Assert.That(last.Values(), Is.All.InRange(-1, 1));
        Assert.That(last.Values().Count(v => v == -1), Is.GreaterThan(2));
    }

    /// <summary>Phi = 0: the estimate is the state, so what the mask hides stays black, but for its noise.</summary>
    [Test]
    public void A_model_that_fills_the_window_alone_leaves_what_is_hidden()
    {
        var data = new GaussianImages(side: 8);
        using var model = new Unchanged(new(new Masking(8, 8), new([0, 0.5, 1])), data.Shape);
        var table = new MeansAnalysis(new(States: 500, Levels: 5)).Run(Contexts.Of(data, model));
        Assert.That(table.Column("corruption"), Is.All.EqualTo("mask"));
        Assert.That(table.Numbers("level")[^1], Is.EqualTo(1));
        Assert.That(table.Column("hidden-left")[0], Is.Null, "nothing is hidden yet");
        var expected = (GaussianImages.Variance + Math.Pow(GaussianImages.Mean + 1, 2) + (0.2 * 0.2)) / GaussianImages.Variance;
        AssertNear(table.Rows[^1], 6, expected);
        Assert.That((double)table.Rows[^1][4]!, Is.Zero, "nothing is seen any more");
    }

    [Test]
    public void A_denoiser_has_noise_alone()
    {
        var data = new GaussianImages();
        using var model = new FixedDenoiser(data.Shape);
        var table = new MeansAnalysis(new(States: 100, Levels: 3)).Run(Contexts.Of(data, model));
        Assert.That(table.Column("corruption"), Is.All.EqualTo("none"));
        Assert.That(table.Column("hidden-left"), Is.All.Null);
        Assert.That(table.Numbers("error"), Is.EqualTo(table.Numbers("seen-error")));
        AssertNear(table.Rows[0], 2, GaussianImages.Variance);
    }

    [Test]
    public void Without_a_model_that_fits_there_is_nothing_to_see()
    {
        var data = new GaussianImages();
        using var model = new DimmedGaussian(data.Shape);
        Assert.That(() => new MeansAnalysis(new()).Run(Contexts.Of(data)), Throws.TypeOf<NotApplicableException>().With.Message.Contains("name one with method"));
        Assert.That(
            () => new MeansAnalysis(new()).Run(Contexts.Of(data, model, new GenerateByClassTask())), Throws.TypeOf<NotApplicableException>().With.Message.Contains("take the task generate"));
    }

    private static void AssertNear(IReadOnlyList<object?> row, int column, double expected)
    {
        var (value, error) = ((double)row[column]!, (double)row[column + 1]!);
        Assert.That(value, Is.EqualTo(expected).Within((4 * error) + 1e-12));
        Assert.That(error, Is.LessThanOrEqualTo(0.05 * expected));
    }
}
