namespace Dfx.Baselines;

/// <summary>What the network said at a level.</summary>
/// <param name="Sigma">The level.</param>
/// <param name="Value">Noise or clean images [N, C, H, W], float64.</param>
internal readonly record struct Estimate(double Sigma, torch.Tensor Value)
{
    /// <summary>One evaluation at a state.</summary>
    internal static Estimate Of(SolverPrediction prediction, IDenoiser model, SamplingRequest request, torch.Tensor y, double sigma)
    {
        var clean = model.Denoise(y, request.Fill(sigma));
        return new(sigma, prediction == SolverPrediction.Data ? clean : (y - clean) / sigma);
    }
}
