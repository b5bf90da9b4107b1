namespace Dfx.Stf.Tests.Targets;

/// <summary>
/// E[target | x] by enumeration of all reference batches of a dataset of four images: the exact posterior mean for every n, as long as the
/// source, drawn from the posterior, is among the references.
/// </summary>
[TestFixture]
internal sealed class UnbiasednessTests
{
    private static readonly double[] s_data = [-1, -0.2, 0.5, 1.3];

    [Test]
    public void With_the_source_among_the_references_there_is_no_bias(
        [Values(1, 2, 3, 4)] int n, [Values] bool replacement, [Values(0.4, 1, 3)] double sigma) =>
        Assert.That(Moments(n, replacement, source: true, sigma).Bias, Is.LessThan(1e-12));

    [Test]
    public void Without_it_there_is([Values(1, 2, 3)] int n) =>
        Assert.That(Moments(n, replacement: true, source: false, 0.6).Bias, Is.GreaterThan(5e-3));

    [Test]
    public void The_variance_falls_with_n([Values] bool replacement, [Values(0.4, 1, 3)] double sigma)
    {
        var variances = Enumerable.Range(1, 4).Select(n => Moments(n, replacement, source: true, sigma).Variance).ToArray();
        Assert.That(variances, Is.Ordered.Descending);
        Assert.That(variances[3], Is.LessThan(0.9 * variances[0]));
    }

    private static (double Bias, double Variance) Moments(int n, bool replacement, bool source, double sigma)
    {
        using var scope = torch.NewDisposeScope();
        const double X = 0.37;
        var posterior = s_data.Select(y => Math.Exp(-(X - y) * (X - y) / (2 * sigma * sigma))).ToArray();
        var total = posterior.Sum();
        var exact = s_data.Zip(posterior, (y, p) => y * p / total).Sum();
        var (mean, square) = (0.0, 0.0);
        foreach (var (batch, first, others) in Batches(n, replacement))
        {
            var probability = (source ? posterior[first] / total : 0.25) * others;
            var target = Target(batch, X, sigma);
            (mean, square) = (mean + (probability * target), square + (probability * target * target));
        }

        return (Math.Abs(mean - exact), square - (mean * mean));
    }

    /// <summary>All sequences of n images with the probability of what follows the first.</summary>
    private static IEnumerable<(int[] Batch, int First, double Others)> Batches(int n, bool replacement)
    {
        foreach (var code in Enumerable.Range(0, (int)Math.Pow(4, n)))
        {
            var batch = Enumerable.Range(0, n).Select(i => code / (int)Math.Pow(4, i) % 4).ToArray();
            if (replacement || batch.Distinct().Count() == n)
            {
                yield return (batch, batch[0], Enumerable.Range(1, n - 1).Aggregate(1.0, (p, i) => p / (replacement ? 4 : 4 - i)));
            }
        }
    }

    private static double Target(int[] batch, double x, double sigma) => StableTarget.Of(
        torch.tensor([x]).view(1, 1, 1, 1), torch.tensor([sigma]), new(torch.tensor(Array.ConvertAll(batch, i => s_data[i])).view(-1, 1, 1, 1))).ToDouble();
}
