namespace Dfx.Baselines;

/// <summary>
/// iPNDM (Zhang and Chen 2023): F-PNDM without Runge-Kutta steps; the first steps combine as many slopes as there are. S steps
/// take S evaluations.
/// </summary>
[Sampler("ipndm", "iPNDM", Paper = "Zhang and Chen, ICLR 2023")]
public sealed class IpndmSampler : ISampler<IDenoiser>
{
    private static readonly PndmSteps s_steps = new("ipndm", Tableau.Euler, Starts: 0, Order: 4);

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => s_steps.Levels(model, nfe);

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => s_steps.Sample(model, request);
}
