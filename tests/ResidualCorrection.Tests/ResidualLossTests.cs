using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Tests;

/// <summary>The disturbed images of the loss's second term, seen through a network that keeps what it is given.</summary>
[TestFixture]
internal sealed class ResidualLossTests
{
    private static readonly ResidualOptions s_options = new(Rotate: false, Crop: false, Noise: false, Mask: false);

    [Test]
    public void Without_any_operation_clean_images_stay_as_they_are() => Assert.That(Problem.Same(Disturbed(s_options), Clean()), Is.True);

    [Test]
    public void Half_of_the_images_are_given_noise_of_a_small_deviation()
    {
        using var scope = torch.NewDisposeScope();
        var deviation = (Disturbed(s_options with { Noise = true }) - Clean()).square().mean([1L, 2, 3]).sqrt().@double().data<double>().ToArray();
        Assert.That(deviation.Count(d => d == 0), Is.EqualTo(256).Within(48));
        Assert.That(deviation.Where(d => d > 0).Min(), Is.GreaterThan(0.002 * 0.7));
        Assert.That(deviation.Max(), Is.LessThan(0.05 * 1.4));
        // Uniform in the logarithm: the median is the geometric mean of the ends, 0.01.
        Assert.That(deviation.Where(d => d > 0).Order().ElementAt(128), Is.EqualTo(0.01).Within(35).Percent);
    }

    [Test]
    public void Half_of_the_images_lose_a_tenth_of_their_patches()
    {
        using var scope = torch.NewDisposeScope();
        var hidden = Disturbed(s_options with { Mask = true }).eq(0).view(512, 2, 4, 2, 4).permute(0, 1, 3, 2, 4).reshape(512, 4, 16);
        var (all, some) = (hidden.all(2), hidden.any(2));
        Assert.That(Problem.Same(all, some), Is.True, "patches are hidden as a whole");
        // A tenth of four patches is none; at least one is hidden.
        var patches = all.sum([1L]).data<long>().ToArray();
        Assert.That(patches.Distinct().Order(), Is.EqualTo(new[] { 0L, 1 }));
        Assert.That(patches.Count(p => p == 0), Is.EqualTo(256).Within(48));
    }

    [Test]
    public void Read_literally_turned_images_have_the_target_before()
    {
        var turned = Disturbed(s_options with { Rotate = true, Augmentation = AugmentationTarget.Literal });
        Assert.That((turned - Clean()).square().mean([1L, 2, 3]).gt(1e-6).sum().ToInt64(), Is.EqualTo(256).Within(48));
    }

    private static torch.Tensor Clean() => new GaussianData(512).Read(Split.Train, Enumerable.Range(0, 512).ToArray());

    private static torch.Tensor Disturbed(ResidualOptions options)
    {
        var training = Problem.Training(batch: 512);
        using var batches = new TrainingBatches(training);
        return ResidualLoss.Disturbed(options, Clean(), batches.Of(0));
    }
}
