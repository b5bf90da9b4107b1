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

    private static double Mass(double from, double to, double k)
    {
        const int Nodes = 20_000;
        var h = Math.Log(to / from) / Nodes;
        return Enumerable.Range(0, Nodes + 1).Sum(i => (i is 0 or Nodes ? 0.5 : 1) * h * Math.Pow(from * Math.Exp(i * h), 1 - k));
    }
}
