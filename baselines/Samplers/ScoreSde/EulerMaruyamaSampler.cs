namespace Dfx.Baselines;

/// <summary>
/// Euler and Maruyama's method for the reverse SDE (Song et al. 2021, Eq. 6). As in the official code the N times are equally spaced from
/// the first to the schedule's last one, while every step has the length t_first / N. For VE and EDM the time is the one in which ln sigma
/// is linear. N levels take N evaluations.
/// </summary>
[Sampler("euler-maruyama", "Euler-Maruyama", Paper = "Song et al., ICLR 2021")]
public sealed class EulerMaruyamaSampler : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SdePredictor.EulerMaruyama.Levels(model.Schedule, Budget.Checked(nfe, "euler-maruyama"));
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: one draw a step but the last.</summary>
    internal static torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        return new SdeRun(SdePredictor.EulerMaruyama.Step(model.Schedule, request.Levels)).Sample(model, request, draw);
    }
}
