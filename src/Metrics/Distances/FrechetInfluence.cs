namespace Dfx.Metrics.Distances;

/// <summary>How much the Fréchet distance owes to chance in the samples.</summary>
internal static class FrechetInfluence
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// The standard error of the distance over draws of the samples, the reference being fixed: the infinitesimal jackknife (Efron 1982), which
    /// is the standard deviation of the samples' influences over sqrt(n). It says nothing of the bias of about C / n.
    /// </summary>
    /// <param name="reference">The reference.</param>
    /// <param name="samples">The samples' moments, of more samples than features.</param>
    /// <param name="rows">Features of some of the samples, [r, D], r at least 2.</param>
    /// <param name="draws">What the samples are draws of; null for each of itself.</param>
    /// <returns>Null where the samples vary in fewer directions than the reference: there the distance has no derivative.</returns>
    public static double? StandardError(GaussianReference reference, FeatureStatistics samples, torch.Tensor rows, Draws? draws = null)
    {
        if (CovarianceFactor.Rank(samples.Covariance) < reference.Factor.shape[1])
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        var transport = Transport(reference.Factor, samples.Covariance);
        var centred = rows.to(torch.float64) - samples.Mean;
        var influence = (centred.mv(samples.Mean - reference.Mean) * 2) + centred.square().sum(1L) - centred.mm(transport).square().sum(1L);
        return (draws ?? new Draws((int)samples.Count, (int)samples.Count)).StandardError(influence);
    }

    // T with T T^T = A (A^T C A)^(-1/2) A^T, the optimal transport map to the reference: the distance's derivative by C is I - T T^T.
    private static torch.Tensor Transport(torch.Tensor factor, torch.Tensor covariance)
    {
        if (factor.shape[1] == 0)
        {
            return factor;
        }

        var product = factor.t().mm(covariance).mm(factor);
        var (values, vectors) = torch.linalg.eigh((product + product.t()) / 2);
        var least = Epsilon * values.shape[0] * values.max().ToDouble();
        var weights = values.clamp_min(least).pow(-0.25) * values.gt(least).to(torch.float64);
        return factor.mm(vectors * weights);
    }
}
