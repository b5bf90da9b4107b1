using Dfx.Numerics.Noise;
using MathNet.Numerics;

namespace Dfx.Numerics.Tests.Noise;

/// <summary>
/// Statistical tests with fixed seeds. Each bound is set so that ideal random numbers would break it with probability 10^-6
/// (4.9 standard errors, both sides), so a failure means a defect or a change of numbers.
/// </summary>
internal sealed class DistributionTests
{
    private const int Count = 1_000_000;
    private const double FalseAlarmRate = 1e-6;
    private const double StandardErrors = 4.9;

    // P(sqrt(n) D > x) tends to 2 exp(-2 x^2) (Kolmogorov); solved for the false-alarm rate.
    private static readonly double KolmogorovBound = Math.Sqrt(Math.Log(2 / FalseAlarmRate) / 2 / Count);
    private static readonly NoiseKey Key = NoiseKey.For(31415926535, "distribution");

    [Test]
    public void Normals_have_the_moments_of_the_normal([Values] bool inDouble)
    {
        var z = Normals(inDouble, 0);
        Assert.That(Moment(z, 1), Is.Zero.Within(StandardErrors * Math.Sqrt(1.0 / Count)));
        Assert.That(Moment(z, 2), Is.EqualTo(1).Within(StandardErrors * Math.Sqrt(2.0 / Count)));
        Assert.That(Moment(z, 3), Is.Zero.Within(StandardErrors * Math.Sqrt(15.0 / Count)));
        Assert.That(Moment(z, 4), Is.EqualTo(3).Within(StandardErrors * Math.Sqrt(96.0 / Count)));

        // Standard errors of sample skewness and excess kurtosis.
        Assert.That(Standardised(z, 3), Is.Zero.Within(StandardErrors * Math.Sqrt(6.0 / Count)));
        Assert.That(Standardised(z, 4), Is.EqualTo(3).Within(StandardErrors * Math.Sqrt(24.0 / Count)));
    }

    [Test]
    public void Normals_follow_the_normal_distribution([Values] bool inDouble) =>
        Assert.That(KolmogorovSmirnov(Normals(inDouble, 1), Reference.NormalCdf), Is.LessThan(KolmogorovBound));

    [Test]
    public void Each_of_the_four_normals_of_a_block_follows_the_normal_distribution([Range(0, 3)] int position)
    {
        var z = Normals(false, 2).Where((_, i) => i % 4 == position).ToArray();
        Assert.That(KolmogorovSmirnov(z, Reference.NormalCdf), Is.LessThan(2 * KolmogorovBound));
    }

    [Test]
    public void Uniforms_follow_the_uniform_distribution([Values] bool inDouble)
    {
        var u = Uniforms(inDouble);
        Assert.That(Moment(u, 1), Is.EqualTo(0.5).Within(StandardErrors * Math.Sqrt(1.0 / 12 / Count)));
        Assert.That(KolmogorovSmirnov(u, x => x), Is.LessThan(KolmogorovBound));
        Assert.That(u, Is.All.GreaterThan(0).And.All.LessThan(1));
    }

    [Test]
    public void Kolmogorov_and_Smirnov_would_notice_a_scale_wrong_by_two_per_cent() =>
        Assert.That(KolmogorovSmirnov(Normals(true, 1), z => Reference.NormalCdf(1.02 * z)), Is.GreaterThan(KolmogorovBound));

    [Test]
    public void Tails_hold_as_many_normals_as_they_should()
    {
        const long total = 1L << 25;
        var chunk = new float[1 << 20];
        var beyond = new long[6];
        for (long start = 0; start < total; start += chunk.Length)
        {
            NoiseSource.Normals(Key, 5, 5, chunk, start);
            foreach (var z in chunk.Where(z => Math.Abs(z) > 3))
            {
                for (var limit = 3; limit < 6 && Math.Abs(z) > limit; limit++)
                {
                    beyond[limit] += 1;
                }
            }
        }

        for (var limit = 3; limit < 6; limit++)
        {
            var probability = SpecialFunctions.Erfc(limit / Math.Sqrt(2));
            TestContext.Out.WriteLine($"|z| > {limit}: {beyond[limit]}, expected {total * probability:F1}");
            Assert.That(Reference.IsCredible(beyond[limit], total, probability, FalseAlarmRate), $"|z| > {limit}: {beyond[limit]}");
        }
    }

    private static double[] Normals(bool inDouble, uint sample)
    {
        var (single, precise) = (new float[Count], new double[Count]);
        NoiseSource.Normals(Key, sample, 0, single);
        NoiseSource.Normals(Key, sample, 1, precise);
        return inDouble ? precise : Array.ConvertAll(single, x => (double)x);
    }

    private static double[] Uniforms(bool inDouble)
    {
        var (single, precise) = (new float[Count], new double[Count]);
        NoiseSource.Uniforms(Key, 3, 0, single);
        NoiseSource.Uniforms(Key, 3, 1, precise);
        return inDouble ? precise : Array.ConvertAll(single, x => (double)x);
    }

    private static double Moment(double[] x, int power) => x.Average(value => Math.Pow(value, power));

    private static double Standardised(double[] x, int power)
    {
        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)));
        return x.Average(value => Math.Pow((value - mean) / deviation, power));
    }

    private static double KolmogorovSmirnov(double[] x, Func<double, double> cdf)
    {
        var sorted = x.Order().ToArray();
        return sorted.Select((value, i) => (Cdf: cdf(value), Below: i / (double)x.Length, UpTo: (i + 1) / (double)x.Length))
            .Max(step => Math.Max(step.Cdf - step.Below, step.UpTo - step.Cdf));
    }
}
