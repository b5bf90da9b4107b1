using Dfx.Harness.Matrix;

namespace Dfx.Harness.Tests.Matrix;

/// <summary>What stays of the samples of a cell.</summary>
internal sealed class KeepTests
{
    private const long Default = 4L << 30;

    [TestCase("auto", false, false, Default)]
    [TestCase("none", false, false, 0)]
    [TestCase("samples", true, false, 0)]
    [TestCase("features", false, true, 0)]
    [TestCase("[features, samples]", true, true, 0)]
    [TestCase("[none]", false, false, 0)]
    public void Keep_names_what_stays(string keep, bool samples, bool features, long below)
    {
        Assert.That(Matrices.Read(("keep", keep)).Sampling.Keep, Is.EqualTo(new KeepRule(samples, features, below)));
        Assert.That(Matrices.Read(("keep", keep), ("keep-below", "1MiB")).Sampling.Keep.Below, Is.EqualTo(below == 0 ? 0 : 1 << 20));
    }

    [TestCase("keep", "some")]
    [TestCase("keep", "[samples, none]")]
    [TestCase("keep", "[auto, features]")]
    [TestCase("keep", "{ samples: true }")]
    [TestCase("keep-below", "much")]
    public void Other_words_are_errors(string key, string value) => Assert.That(Matrices.Error((key, value)), Does.StartWith("m.yaml:").And.Contains($"{key} must be"));

    /// <summary>Samples come first, and features find room beside them.</summary>
    [TestCase(100, 60, 40, true, true)]
    [TestCase(100, 60, 41, true, false)]
    [TestCase(100, 101, 40, false, true)]
    [TestCase(100, 101, 101, false, false)]
    [TestCase(0, 1, 1, false, false)]
    public void What_is_small_stays(long below, long samples, long features, bool keepsSamples, bool keepsFeatures)
    {
        var rule = KeepRule.Nothing with { Below = below };
        Assert.That((rule.KeepsSamples(samples), rule.KeepsFeatures(features, samples)), Is.EqualTo((keepsSamples, keepsFeatures)));
    }

    [Test]
    public void What_is_asked_for_stays_whatever_its_size() =>
        Assert.That((new KeepRule(true, false, 0).KeepsSamples(1L << 50), new KeepRule(false, true, 0).KeepsFeatures(1L << 50, 1L << 50)), Is.EqualTo((true, true)));

    /// <summary>The limit is for the matrix, so that no number of cells fills a disk.</summary>
    [Test]
    public void Cells_share_the_room()
    {
        var plan = Plans.Of(("seeds", "[0, 1, 2, 3]"), ("keep-below", "1MiB"));
        Assert.That(plan.Jobs.Select(job => job.Sampling?.Keep.Below).OfType<long>(), Is.All.EqualTo((1 << 20) / 4));
    }
}
