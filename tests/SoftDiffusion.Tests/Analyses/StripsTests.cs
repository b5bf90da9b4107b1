using Dfx.Numerics.Noise;
using Dfx.SoftDiffusion.Analyses;

namespace Dfx.SoftDiffusion.Tests.Analyses;

[TestFixture]
internal sealed class StripsTests
{
    private const int Nfe = 6;
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void The_reverse_process_is_what_the_sampler_does()
    {
        var data = new GaussianImages(side: 3);
        using var model = new DimmedGaussian(data.Shape);
        var table = new StripsAnalysis(new(Nfe, Images: 2, Columns: 4, States: 5)).Run(Contexts.Of(data, model));
        var states = Walk(data.Shape, 5);
        var reverse = Rows(table, "reverse");
        Assert.That(reverse.Select(r => (double)r[1]!), Is.EqualTo(new[] { 0, 0.01, 0.2, 0.4, 0.6, 0.8, 1 }).Within(1e-12));
        Assert.That(reverse.Select(r => (double)r[2]!), Is.EqualTo(states.Select(x => x.mean().ToDouble())).Within(1e-12));
        Assert.That(reverse.Select(r => (double)r[4]!), Is.EqualTo(states.Select(x => x.flatten(1).var(1, false).sqrt().mean().ToDouble())).Within(1e-12));
        Assert.That(reverse[0][6], Is.Null);
        Assert.That((double)reverse[1][6]!, Is.EqualTo((states[1] - states[0]).square().mean([1L, 2, 3]).sqrt().mean().ToDouble()).Within(1e-12));

        var sheet = table.Sheets[1];
        Assert.That(sheet.Columns, Is.EqualTo(new[] { "1.00", "0.60", "0.20", "clean" }));
        Assert.That(sheet.Rows.Select(r => r.Name), Is.EqualTo(new[] { "sample 1", "estimate", "sample 2", "estimate" }));
        Assert.That(sheet.Rows[2].Images[3].Values(), Is.EqualTo(states[0][1].Values()).Within(1e-6));
        Assert.That(sheet.Rows[3].Images[3].Values(), Is.EqualTo(states[0][1].Values()).Within(1e-6));
        var clean = model.Restore(states[4], torch.full([5], 0.6, torch.float64))[1].clamp(-1, 1);
        Assert.That(sheet.Rows[3].Images[1].Values(), Is.EqualTo(clean.Values()).Within(1e-6));
    }

    [Test]
    public void It_costs_one_evaluation_a_level()
    {
        var data = new GaussianImages();
        using var model = new DimmedGaussian(data.Shape);
        _ = new StripsAnalysis(new(Nfe, States: 5)).Run(Contexts.Of(data, model));
        Assert.That(model.Calls, Is.EqualTo(Nfe));
    }

    // (1 - t) (x0 + 1) + 0.1 t z: a pixel has mean (1 - t) (m + 1) - 1 and variance (1 - t)² v + (0.1 t)², and a step of h has m.s. h² ((m + 1)² + v + 0.01).
    [Test]
    public void The_forward_process_is_the_corruption_with_noise_that_stays()
    {
        var data = new GaussianImages();
        using var model = new DimmedGaussian(data.Shape);
        var table = new StripsAnalysis(new(Nfe, Images: 2, Columns: 3, States: 1000)).Run(Contexts.Of(data, model));
        foreach (var row in Rows(table, "forward"))
        {
            var t = (double)row[1]!;
            var variance = (Math.Pow(1 - t, 2) * GaussianImages.Variance) + Math.Pow(0.1 * t, 2);
            Assert.That((double)row[2]!, Is.EqualTo(((1 - t) * (GaussianImages.Mean + 1)) - 1).Within(4 * (double)row[3]!));

            // The mean of the deviation of 16 numbers is below that of all by c_4 √(15 / 16) = 0.9523.
            Assert.That((double)row[4]!, Is.EqualTo(0.9523 * Math.Sqrt(variance)).Within(4 * (double)row[5]!));
        }

        var step = (double)Rows(table, "forward")[^1][6]! / 0.2;
        Assert.That(step, Is.EqualTo(Math.Sqrt(0.36 + GaussianImages.Variance + 0.01)).Within(1).Percent);
        var sheet = table.Sheets[0];
        Assert.That(sheet.Columns, Is.EqualTo(new[] { "clean", "0.40", "1.00" }));
        Assert.That(sheet.Rows.Select(r => r.Name), Is.EqualTo(new[] { "image 1", "image 2" }));
        Assert.That(sheet.Rows[0].Images[0].Values().Average(), Is.EqualTo(GaussianImages.Mean).Within(0.1));
    }

    [Test]
    public void Equal_contexts_give_equal_tables_and_pictures()
    {
        var data = new GaussianImages();
        using var model = new DimmedGaussian(data.Shape);
        AnalysisTable Run() => new StripsAnalysis(new(Nfe, States: 5)).Run(Contexts.Of(data, model));
        var (first, second) = (Run(), Run());
        Assert.That(second.Rows, Is.EqualTo(first.Rows));
        Assert.That(second.Sheets[1].Rows[0].Images.Values(), Is.EqualTo(first.Sheets[1].Rows[0].Images.Values()));
    }

    [Test]
    public void Vectors_have_no_pictures()
    {
        var data = new GaussianImages(side: 1, channels: 2);
        using var model = new DimmedGaussian(data.Shape);
        Assert.That(new StripsAnalysis(new(Nfe, States: 5)).Run(Contexts.Of(data, model)).Sheets, Is.Empty);
    }

    [Test]
    public void Nothing_but_the_pictures_is_left()
    {
        var data = new GaussianImages();
        using var model = new DimmedGaussian(data.Shape);
        var before = torch.Tensor.TotalCount;
        var table = new StripsAnalysis(new(Nfe, Images: 2, States: 5)).Run(Contexts.Of(data, model));
        Assert.That(torch.Tensor.TotalCount - before, Is.EqualTo(table.Sheets.Sum(sheet => sheet.Rows.Count)));
    }

    private static List<IReadOnlyList<object?>> Rows(AnalysisTable table, string process) => [.. table.Rows.Where(r => (string)r[0]! == process)];

    // x_s = C_s x0 + rho (x_t - C_t x0) + √(sigma_t² - sigma_s²) z, from the clean images up.
    private static List<torch.Tensor> Walk(DataShape shape, int count)
    {
        using var model = new DimmedGaussian(shape);
        var noise = new SampleNoise(NoiseKey.For(1, "soft-strips/samples"), 0, count, shape, torch.CPU);
        double[] levels = [1, 0.8, 0.6, 0.4, 0.2, 0.01];
        List<torch.Tensor> states = [model.Prior(1, noise)];
        for (var i = 0; i < levels.Length; i++)
        {
            var (x, t) = (states[^1], levels[i]);
            var clean = model.Restore(x, torch.full([count], t, torch.float64));
            if (i == levels.Length - 1)
            {
                states.Add(clean);
                break;
            }

            var s = levels[i + 1];
            var rho = s * s / (t * t);
            var rest = x - (((1 - t) * (clean + 1)) - 1);
            states.Add(((1 - s) * (clean + 1)) - 1 + (rest * rho) + (noise.Normal() * (0.1 * Math.Sqrt((t * t) - (s * s)))));
        }

        states.Reverse();
        return states;
    }
}
