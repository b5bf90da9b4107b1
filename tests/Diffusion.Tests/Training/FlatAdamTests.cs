namespace Dfx.Diffusion.Tests.Training;

/// <summary>Adam on a flat tensor beside the library's own.</summary>
[TestFixture]
internal sealed class FlatAdamTests
{
    private const int Count = 300;
    private const int Steps = 60;
    private const double Rate = 0.01;

    [TestCase(0)]
    [TestCase(0.1)]
    public void It_follows_the_librarys_to_rounding(double decay)
    {
        using var scope = torch.NewDisposeScope();
        var noise = new StepNoise(5, "adam", torch.CPU);
        var theirs = new Parameter(noise.Normal(0, Count));
        var (mine, gradient) = (theirs.detach().clone(), torch.zeros(Count));
        using var optimizer = decay > 0
            ? (torch.optim.Optimizer)torch.optim.AdamW([theirs], Rate, 0.8, 0.99, 1e-4, decay)
            : torch.optim.Adam([theirs], Rate, 0.8, 0.99, 1e-4);
        using var adam = new FlatAdam(new() { Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-4, WeightDecay = decay }, mine, gradient);
        for (var step = 1; step <= Steps; step++)
        {
            // From 1e-4, where epsilon counts, to 1e4.
            gradient.copy_(noise.Normal(step, Count) * torch.logspace(-4, 4, Count, 10));
            theirs.grad = gradient.clone();
            optimizer.step();
            adam.Update(Rate);
            Assert.That(mine.MaxError(theirs.detach()), Is.LessThan(2e-6), $"step {step}");
        }

        Assert.That(adam.Updates, Is.EqualTo(Steps));
        Assert.That(mine.MaxError(noise.Normal(0, Count)), Is.GreaterThan(0.1));
    }
}
