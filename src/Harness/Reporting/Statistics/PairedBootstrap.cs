using Dfx.Numerics.Noise;
using MathNet.Numerics.Statistics;

namespace Dfx.Harness.Reporting.Statistics;

/// <summary>
/// The percentile bootstrap of the mean of paired differences over seeds (Efron 1979). With a handful of seeds it is far too narrow (docs/tables.md
/// has its measured coverage), so no verdict rests on it: it stands beside Student's interval for those who expect it.
/// </summary>
internal static class PairedBootstrap
{
    private const int Resamples = 10_000;

    // Any fixed key will do: same differences, same interval.
    private const ulong Key = 0x6466_7862_6f6f_7473;

    /// <summary>The interval; null for one seed.</summary>
    /// <param name="differences">One a seed, in the order of the seeds.</param>
    /// <param name="level">The interval's level.</param>
    internal static Interval? Of(IReadOnlyList<double> differences, double level = Interval.Level)
    {
        if (differences.Count < 2)
        {
            return null;
        }

        var means = Means(differences);
        Array.Sort(means);
        return new(Quantile((1 - level) / 2), Quantile((1 + level) / 2));

        double Quantile(double p) => SortedArrayStatistics.QuantileCustom(means, p, QuantileDefinition.R7);
    }

    private static double[] Means(IReadOnlyList<double> values)
    {
        var (words, shares, means) = (new uint[Resamples * values.Count], values.Select(value => value / values.Count).ToArray(), new double[Resamples]);
        Philox4x32.Fill(default, Key, words);
        for (var i = 0; i < means.Length; i++)
        {
            foreach (var word in words.AsSpan(i * shares.Length, shares.Length))
            {
                // The high half of a product spreads a word over the indices without a division.
                means[i] += shares[(int)(((ulong)word * (uint)shares.Length) >> 32)];
            }
        }

        return means;
    }
}
