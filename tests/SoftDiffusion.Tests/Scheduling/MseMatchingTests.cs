namespace Dfx.SoftDiffusion.Tests.Scheduling;

[TestFixture]
internal sealed class MseMatchingTests
{
    private const int Numbers = 32 * 32;
    private static readonly SoftSchedule s_noise = new([0.01, 18]);

    [TestCase(true)]
    [TestCase(false)]
    public void Equation_45_holds_wherever_there_is_a_blur(bool quadratic)
    {
        using var scope = torch.NewDisposeScope();
        var schedule = s_noise with { Nodes = Nodes(quadratic) };
        var last = KnownImages.Change(18) + (Numbers * 0.01);
        var blurred = 0;
        foreach (var t in Enumerable.Range(0, 200).Select(i => 0.18 + (0.82 * i / 199)).Where(t => schedule.Level(t) > 0.3))
        {
            blurred++;
            var share = (KnownImages.Change(schedule.Level(t)) + (Numbers * Math.Pow(schedule.Sigma(t), 2))) / last;
            Assert.That(share, Is.EqualTo(Math.Pow(0.01 * Math.Pow(50 / 0.01, t) / 50, 2)).Within(1e-3), $"t = {t}");
        }

        Assert.That(blurred, Is.InRange(20, 40), "all blur is in the last 11 to 16 per cent");
    }

    [Test]
    public void Before_the_noise_is_outdone_nothing_is_blurred()
    {
        using var scope = torch.NewDisposeScope();
        var nodes = Nodes(quadratic: true);
        Assert.That(nodes, Has.Length.EqualTo(MseMatching.Nodes).And.Ordered.Ascending);
        Assert.That((nodes[0], nodes[^1]), Is.EqualTo((0.01, 18.0)));
        Assert.That((s_noise with { Nodes = nodes }).Level(0.8), Is.EqualTo(0.01));
    }

    [TestCase(28, 28, 50)]
    [TestCase(32, 32, 50)]
    [TestCase(64, 64, 90)]
    [TestCase(32, 64, 90)]
    public void The_process_is_that_of_the_image_size(int height, int width, double sigmaMax) =>
        Assert.That(MseMatching.For(new(1, height, width)).Share(0), Is.EqualTo(Math.Pow(0.01 / sigmaMax, 2)).Within(1e-9).Percent);

    private static System.Collections.Immutable.ImmutableArray<double> Nodes(bool quadratic)
    {
        var levels = quadratic ? Candidates.Quadratic(0.01, 18, 256) : KnownImages.Levels;
        return MseMatching.For(new(1, 32, 32)).Levels(LevelDistances.From(levels, KnownImages.Between(levels)), s_noise, Numbers);
    }
}
