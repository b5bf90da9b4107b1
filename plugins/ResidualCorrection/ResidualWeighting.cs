using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection;

/// <summary>lambda: how a pair's weight in the loss depends on its level. SNR is 1 / sigma_b².</summary>
public enum ResidualWeighting
{
    /// <summary>SNR (the paper's best): nearly all of the weight lies at the last two levels of the grid.</summary>
    Snr,

    /// <summary>SNR / (1 + SNR): P2 weighting (Choi et al. 2022, k = gamma = 1) of the noise loss, told of clean images.</summary>
    P2,

    /// <summary>1.</summary>
    Constant,

    /// <summary>1 / (1 + SNR): P2's factor as it stands.</summary>
    P2Raw,

    /// <summary>The SNR, at most 5 (Hang et al. 2023).</summary>
    SnrMin,

    /// <summary>The SNR plus 1 (Salimans and Ho 2022).</summary>
    SnrPlusOne,
}

/// <summary>The weights of the levels of a grid.</summary>
internal static class PairWeights
{
    /// <summary>lambda at every level of a grid.</summary>
    /// <param name="weighting">Which.</param>
    /// <param name="grid">The levels.</param>
    /// <param name="law">The law of the levels that pairs stop at.</param>
    /// <param name="normalise">Whether the mean under the law is 1, so that the second term of the loss keeps its share.</param>
    internal static double[] Of(ResidualWeighting weighting, IReadOnlyList<double> grid, PairLaw law, bool normalise)
    {
        double[] raw = [.. grid.Select(sigma => Of(weighting, 1 / (sigma * sigma)))];
        var mean = normalise ? law.Mean(b => raw[b]) : 1;
        return [.. raw.Select(weight => weight / mean)];
    }

    private static double Of(ResidualWeighting weighting, double snr) => weighting switch
    {
        ResidualWeighting.Snr => snr,
        ResidualWeighting.P2 => snr / (1 + snr),
        ResidualWeighting.P2Raw => 1 / (1 + snr),
        ResidualWeighting.SnrMin => Math.Min(snr, 5),
        ResidualWeighting.SnrPlusOne => snr + 1,
        _ => 1,
    };
}
