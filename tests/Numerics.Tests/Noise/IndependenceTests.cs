using Dfx.Numerics.Noise;

namespace Dfx.Numerics.Tests.Noise;

/// <summary>
/// Correlations of 10^6 numbers with those of a neighbouring seed, stream, sample or draw, and within a draw. The correlation of
/// independent numbers has standard error 10^-3; 4.9 of them are exceeded by chance once in 10^6 such tests.
/// </summary>
internal sealed class IndependenceTests
{
    private const int Count = 1_000_000;
    private const double Tolerance = 4.9e-3;
    private static readonly NoiseKey Key = new(1000, 2000);

    [TestCase(1001UL, 2000u, 0u, 0u, TestName = "{m}(seed)")]
    [TestCase(1000UL + (1UL << 32), 2000u, 0u, 0u, TestName = "{m}(high half of the seed)")]
    [TestCase(1000UL, 2001u, 0u, 0u, TestName = "{m}(stream)")]
    [TestCase(1000UL, 2000u, 1u, 0u, TestName = "{m}(sample)")]
    [TestCase(1000UL, 2000u, 0u, 1u, TestName = "{m}(draw)")]
    public void Neighbours_are_uncorrelated_by(ulong seed, uint stream, uint sample, uint draw)
    {
        var (here, there) = (Normals(Key, 0, 0), Normals(new NoiseKey(seed, stream), sample, draw));
        Assert.That(here.Zip(there).Count(pair => pair.First == pair.Second), Is.LessThan(10));
        Assert.That(Correlation(here, there), Is.Zero.Within(Tolerance));
        Assert.That(Correlation(Squares(here), Squares(there)), Is.Zero.Within(Tolerance));
    }

    [Test]
    public void Numbers_of_a_draw_are_uncorrelated_with_later_ones([Values(1, 2, 3, 4, 5, 8, 16, 64, 4096)] int lag)
    {
        var normals = Normals(Key, 0, 0);
        Assert.That(Correlation(normals[..^lag], normals[lag..]), Is.Zero.Within(Tolerance));
        Assert.That(Correlation(Squares(normals)[..^lag], Squares(normals)[lag..]), Is.Zero.Within(Tolerance));
    }

    private static double[] Normals(NoiseKey key, uint sample, uint draw)
    {
        var normals = new float[Count];
        NoiseSource.Normals(key, sample, draw, normals);
        return Array.ConvertAll(normals, x => (double)x);
    }

    private static double[] Squares(double[] x) => Array.ConvertAll(x, value => value * value);

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        double xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xy, xx, yy) = (xy + dx * dy, xx + dx * dx, yy + dy * dy);
        }

        return xy / Math.Sqrt(xx * yy);
    }
}
