namespace Dfx.Baselines;

/// <summary>
/// F-PNDM (Liu et al. 2022, algorithm 2): three pseudo Runge-Kutta steps of order 4, then pseudo linear multistep ones of four slopes.
/// S steps take S + 9 evaluations; of 2 or 3 steps all but the last are Runge-Kutta steps, and the last combines all slopes there are.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("pndm", "F-PNDM", Paper = "Liu et al., ICLR 2022")]
public sealed class PndmSampler(PndmOptions options) : ISampler<IDenoiser>
{
    private readonly PndmSteps _steps = new("pndm", Tableau.Classical, Starts: 3, Order: 4, options.HalfSteps);

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => _steps.Levels(model, nfe);

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => _steps.Sample(model, request);
}
