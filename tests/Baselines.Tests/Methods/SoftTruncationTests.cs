namespace Dfx.Baselines.Tests.Methods;

[TestFixture]
internal sealed class SoftTruncationTests
{
    [Test]
    public void Shortest_times_run_over_the_whole_range([Values(0, 0.8, 1, 1.2, 2)] double k)
    {
        Assert.That(SoftTruncationMethod.ShortestTime(0, k, 1e-5), Is.EqualTo(1).Within(1e-12));
        Assert.That(SoftTruncationMethod.ShortestTime(1, k, 1e-5), Is.EqualTo(1e-5).Within(1e-12));
    }

    // The share of the density tau^-k above the time, by the trapezoidal rule in ln tau.
    [Test]
    public void Shortest_times_have_the_papers_density([Values(0.5, 1, 1.2, 2)] double k, [Values(0.1, 0.5, 0.9)] double u)
    {
        var time = SoftTruncationMethod.ShortestTime(u, k, 1e-3);
        Assert.That(Mass(time, 1, k) / Mass(1e-3, 1, k), Is.EqualTo(u).Within(1e-5));
    }

    // The mean of the weights is half the integral of g² / s² over the times, here by the midpoint rule in ln t with the process's own beta.
    [TestCase(1e-3)]
    [TestCase(0.3)]
    public void Importance_and_weight_of_the_likelihood_belong_together(double time)
    {
        using var scope = torch.NewDisposeScope();
        var process = new TruncatedProcess(new VpProcess(TimeMin: time), true);
        var sigma = process.TrainingSigmas(new(1, "sigma", torch.CPU), 0, 1000);
        var weights = (process.Weight(sigma) * sigma.square()).data<double>().ToArray();
        const int Nodes = 20_000;
        var h = -Math.Log(time) / Nodes;
        var integral = Enumerable.Range(0, Nodes).Select(i => time * Math.Exp((i + 0.5) * h))
            .Sum(t => h * t * (0.1 + (19.9 * t)) / (1 - Math.Exp(-(0.1 * t) - (19.9 * t * t / 2))));
        Assert.That(weights, Is.All.EqualTo(integral / 2).Within(1e-5));
        Assert.That(sigma.min().ToDouble(), Is.GreaterThanOrEqualTo(new VpSchedule().Sigma(time)));
        Assert.That(sigma.log().mean().ToDouble(), Is.EqualTo(Math.Log(new VpSchedule().Sigma(time) * new VpSchedule().SigmaMax) / 2).Within(0.35));
    }

    private static double Mass(double from, double to, double k)
    {
        const int Nodes = 20_000;
        var h = Math.Log(to / from) / Nodes;
        return Enumerable.Range(0, Nodes + 1).Sum(i => (i is 0 or Nodes ? 0.5 : 1) * h * Math.Pow(from * Math.Exp(i * h), 1 - k));
    }
}
