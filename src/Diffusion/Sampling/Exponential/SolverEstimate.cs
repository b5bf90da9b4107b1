namespace Dfx.Diffusion;

/// <summary>What a model said at a level.</summary>
/// <param name="Sigma">The level.</param>
/// <param name="Value">Noise or clean images [N, C, H, W], of the state's dtype.</param>
public readonly record struct SolverEstimate(double Sigma, torch.Tensor Value)
{
    /// <summary>One evaluation at a state.</summary>
    /// <param name="prediction">Whether the noise or the clean images are kept.</param>
    /// <param name="model">The model.</param>
    /// <param name="y">The state [N, C, H, W].</param>
    /// <param name="sigma">Its level, positive.</param>
    /// <param name="condition">What the task observes, or null.</param>
    public static SolverEstimate Of(SolverPrediction prediction, IDenoiser model, torch.Tensor y, double sigma, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(y);
        var clean = model.Clean(y, sigma, condition);
        return new(sigma, prediction == SolverPrediction.Data ? clean : (y - clean) / sigma);
    }
}
