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
        var (schedule, frame) = (model.Schedule, FlowFrames.Of(model.Schedule));
        var times = Grids.Uniform(frame.Time(schedule.SigmaMax), frame.Time(schedule.SigmaMin), Budget.Checked(nfe, "euler-maruyama"));
        return Budget.ThenClean([.. times.Select(frame.Sigma)]);
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
        var frame = FlowFrames.Of(model.Schedule);
        var duration = frame.Time(request.Levels[0]) / (request.Levels.Count - 1);
        return new SdeRun(at => SdeUpdate.EulerMaruyama(at, frame, duration)).Sample(model, request, draw);
    }
}
