namespace Dfx.Baselines;

/// <summary>
/// S-PNDM (Liu et al. 2022): the same as F-PNDM with methods of order 2, so one Runge-Kutta step is enough. S steps take S + 1
/// evaluations.
/// </summary>
[Sampler("s-pndm", "S-PNDM", Paper = "Liu et al., ICLR 2022")]
public sealed class SpndmSampler : ISampler<IDenoiser>
{
    private static readonly PndmSteps s_steps = new("s-pndm", Tableau.Heun, Starts: 1, Order: 2);

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => s_steps.Levels(model, nfe);

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => s_steps.Sample(model, request);
}
