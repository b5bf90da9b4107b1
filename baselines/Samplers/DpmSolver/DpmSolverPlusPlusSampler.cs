namespace Dfx.Baselines;

/// <summary>
/// DPM-Solver++ (Lu et al. 2022b): as <see cref="DpmSolverSampler"/>, but the predicted clean image is expanded. Order 1 is DDIM. The default
/// is the multistep "2M", one evaluation a step; <c>method: single-step</c> gives "2S" and "3S".
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("dpm-solver-pp", "DPM-Solver++", Paper = "Lu et al., arXiv 2211.01095")]
public sealed class DpmSolverPlusPlusSampler(DpmSolverPlusPlusOptions options) : ISampler<IDenoiser>
{
    private readonly ISampler<IDenoiser> _solver = DpmSolver.Of("dpm-solver-pp", SolverPrediction.Data, options);

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => _solver.Levels(model, nfe);

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => _solver.Sample(model, request);
}
