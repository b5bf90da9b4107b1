namespace Dfx.Baselines;

/// <summary>
/// DPM-Solver (Lu et al. 2022a): the probability flow ODE in the log signal-to-noise ratio, its linear part solved exactly and the predicted
/// noise expanded. Order 1 is DDIM. The default is the single-step "DPM-Solver-fast" of order 3, which uses every budget exactly.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("dpm-solver", "DPM-Solver", Paper = "Lu et al., NeurIPS 2022")]
public sealed class DpmSolverSampler(DpmSolverOptions options) : ISampler<IDenoiser>
{
    private readonly ISampler<IDenoiser> _solver = DpmSolver.Of("dpm-solver", SolverPrediction.Noise, options);

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => _solver.Levels(model, nfe);

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => _solver.Sample(model, request);
}
