using Dfx.Compensation.Analyses;

namespace Dfx.Compensation.Tests.Analyses;

[TestFixture]
internal sealed class CostsTests
{
    /// <summary>
    /// The module's layers counted by hand: three levels of b, 2 b and 4 b channels; it sees x and eps, and costs under 1 % of the main network at the published sizes.
    /// </summary>
    [Test]
    public void The_module_costs_what_its_layers_cost()
    {
        using var scope = torch.NewDisposeScope();
        var table = new CostsAnalysis().Run(Contexts.Of(new GaussianImages(side: 8)));
        Assert.That(table.Column("network"), Is.EqualTo(new[] { "run", "cifar10", "celeba64", "ffhq256" }));
        var module = table.Column("module-multiply-adds").Select(n => (long)n!).ToArray();
        Assert.That(module[1], Is.InRange(0.9 * Pixels(12, 3, 32), 1.1 * Pixels(12, 3, 32)));
        Assert.That(module[2], Is.InRange(0.9 * Pixels(12, 3, 64), 1.1 * Pixels(12, 3, 64)));
        Assert.That(table.Column("share").Skip(1), Is.All.InRange(0.001, 0.01));
        Assert.That(table.Column("main-gflops").Zip(table.Column("main-multiply-adds"), (g, n) => (double)g! / (long)n!), Is.All.EqualTo(2e-9).Within(1e-15));
    }

    // 3x3 convolutions but for the two 1x1 that join, by pixels of the level; the embedding's dense layers are the rest.
    private static double Pixels(int b, int colours, int side)
    {
        double[] pixels = [side * side, side * side / 4.0, side * side / 16.0];
        int[] channels = [b, 2 * b, 4 * b];
        var blocks = Enumerable.Range(0, 3).Sum(i => 2 * 9 * channels[i] * channels[i] * pixels[i]);
        var down = Enumerable.Range(1, 2).Sum(i => 9 * channels[i - 1] * channels[i] * pixels[i]);
        var up = Enumerable.Range(0, 2).Sum(i => ((9 * channels[i + 1] * channels[i]) + (2 * channels[i] * channels[i])) * pixels[i]);
        return (((9 * 2 * colours * b) + (9 * b * colours)) * pixels[0]) + blocks + down + up;
    }
}
