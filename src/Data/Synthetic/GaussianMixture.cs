using Dfx.Sdk;

namespace Dfx.Data.Synthetic;

/// <summary>
/// A mixture of K isotropic Gaussians in D dimensions, sum of w_k N(m_k, s^2 I), all of whose moments have a closed form. s may be 0: then it is K
/// points. It holds plain arrays, so nobody has to free it.
/// </summary>
/// <param name="Weights">w_k, positive, of sum 1.</param>
/// <param name="Means">m_k, each of D numbers.</param>
/// <param name="Std">s, not negative.</param>
public sealed record GaussianMixture(IReadOnlyList<double> Weights, IReadOnlyList<double[]> Means, double Std) : IKnownDistribution
{
    /// <summary>Numbers a vector, D.</summary>
    public int Dimension => Means[0].Length;

    private double Variance => Std * Std;

    /// <inheritdoc/>
    public torch.Tensor Mean()
    {
        using var scope = torch.NewDisposeScope();
        return Centres().t().mv(Shares()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public torch.Tensor Covariance()
    {
        using var scope = torch.NewDisposeScope();
        var apart = Centres() - Mean();
        var between = apart.t().mm(apart * Shares().unsqueeze(1));
        return (between + (torch.eye(Dimension, dtype: torch.float64) * Variance)).MoveToOuterDisposeScope();
    }

    /// <summary>(s^2 x + sigma^2 m) / (s^2 + sigma^2) with m the mean of the centres given x.</summary>
    /// <inheritdoc/>
    public torch.Tensor Denoise(torch.Tensor x, double sigma)
    {
        using var scope = torch.NewDisposeScope();
        var (square, total) = (sigma * sigma, Variance + (sigma * sigma));
        var centre = Responsibilities(x, sigma).mm(Centres());
        return ((x * (Variance / total)) + (centre * (square / total))).MoveToOuterDisposeScope();
    }

    /// <summary>The score of the noisy density, (D(x; sigma) - x) / sigma^2.</summary>
    /// <param name="x">Noisy vectors, float64 [n, D] on the CPU.</param>
    /// <param name="sigma">The noise level, positive.</param>
    /// <returns>A new tensor like <paramref name="x"/>.</returns>
    public torch.Tensor Score(torch.Tensor x, double sigma)
    {
        using var scope = torch.NewDisposeScope();
        return ((Denoise(x, sigma) - x) / (sigma * sigma)).MoveToOuterDisposeScope();
    }

    /// <summary>Within a component D s^2 sigma^2 / (s^2 + sigma^2), and between components what their means given x vary.</summary>
    /// <inheritdoc/>
    public torch.Tensor PosteriorVariance(torch.Tensor x, double sigma)
    {
        using var scope = torch.NewDisposeScope();
        var (square, total) = (sigma * sigma, Variance + (sigma * sigma));
        var (shares, centres) = (Responsibilities(x, sigma), Centres());
        var centre = shares.mm(centres);
        var between = torch.zeros([x.shape[0]], dtype: torch.float64);
        for (var k = 0; k < Weights.Count; k++)
        {
            between.add_((centres[k] - centre).square().sum(1L) * shares.select(1, k));
        }

        var shrink = square / total;
        return ((between * (shrink * shrink)) + (Dimension * Variance * square / total)).MoveToOuterDisposeScope();
    }

    /// <summary>How probable each component is given x + noise, float64 [n, K].</summary>
    private torch.Tensor Responsibilities(torch.Tensor x, double sigma)
    {
        // The part of |x - m|^2 that all components share, |x|^2, would only cost digits.
        var centres = Centres();
        var logits = ((x.mm(centres.t()) * 2) - centres.square().sum(1L)) / (2 * (Variance + (sigma * sigma)));
        return (logits + Shares().log()).softmax(1);
    }

    private torch.Tensor Shares() => torch.tensor(Weights.ToArray());

    private torch.Tensor Centres() => torch.tensor(Means.SelectMany(mean => mean).ToArray(), [Means.Count, Dimension]);
}
