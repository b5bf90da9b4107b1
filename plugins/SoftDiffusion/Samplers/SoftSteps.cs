namespace Dfx.SoftDiffusion;

/// <summary>The levels and steps that all samplers of Soft Diffusion share (Daras et al. 2023, section 3.4).</summary>
internal static class SoftSteps
{
    /// <summary>Equal steps of t from 1 to the lowest level, and the clean one: N levels take N evaluations.</summary>
    /// <exception cref="NotApplicableException">The budget is below 1, or below what the corruption needs.</exception>
    internal static IReadOnlyList<double> Levels(string sampler, ICorruptionModel model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var corruption = model.Corruption;
        Check(sampler, nfe, corruption.MinSteps);
        return [.. Grids.Uniform(1, 0, nfe).Select(t => Math.Max(t, corruption.MinLevel)).Distinct(), 0];
    }

    /// <summary>The levels of score_sde's reverse diffusion (Song et al. 2021, appendix E): its discrete steps, or equal steps of its time.</summary>
    /// <exception cref="NotApplicableException">The budget is below 1.</exception>
    internal static IReadOnlyList<double> Levels(string sampler, IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        Check(sampler, nfe, 1);
        var schedule = model.Schedule;
        var (low, high) = (schedule.SigmaMin, schedule.SigmaMax);
        return
        [
            .. schedule.Steps is not null ? Grids.Steps(schedule, nfe)
                : schedule.KeepsSignal() ? Grids.LogSnr(low, high, nfe)
                : Grids.Time(schedule is VpSchedule ? schedule : new VpSchedule(), low, high, nfe),
            0,
        ];
    }

    /// <summary>Walks down the levels of a corruption model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">Levels, start and noise.</param>
    /// <param name="rule">From sigma before and after a step to the step.</param>
    internal static torch.Tensor Run(ICorruptionModel model, SamplingRequest request, Func<double, double, SoftUpdate> rule)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var corruption = model.Corruption;
        return request.Walk((x, step) => Step(
            model.Restore(x, request.Fill(step.Level)),
            x,
            step.Next,
            rule(corruption.Sigma(step.Level), corruption.Sigma(step.Next)),
            (clean, next) => Corrupted(corruption, clean, next ? step.Next : step.Level, request),
            request.Noise.Normal));
    }

    /// <summary>Walks down the noise levels of a denoiser, whose C is the identity.</summary>
    /// <inheritdoc cref="Run(ICorruptionModel, SamplingRequest, Func{double, double, SoftUpdate})"/>
    internal static torch.Tensor Run(IDenoiser model, SamplingRequest request, Func<double, double, SoftUpdate> rule)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        return request.Walk((x, step) => Step(
            model.Clean(x, step.Level), x, step.Next, rule(step.Level, step.Next), (clean, _) => clean, request.Noise.Normal));
    }

    // x_s = C_s x0 + a (x_t - C_t x0) + c z. The last step, to the clean level, is the estimate; noise is drawn where it is needed.
    private static torch.Tensor Step(
        torch.Tensor clean, torch.Tensor x, double next, SoftUpdate update, Func<torch.Tensor, bool, torch.Tensor> corrupted, Func<torch.Tensor> draw)
    {
        if (next == 0)
        {
            return clean;
        }

        var state = corrupted(clean, true);
        state = update.Keep == 0 ? state : state.add(x - corrupted(clean, false), update.Keep);
        return update.Noise > 0 ? state.add(draw(), update.Noise) : state;
    }

    private static torch.Tensor Corrupted(ICorruption corruption, torch.Tensor clean, double t, SamplingRequest request) =>
        corruption.IsIdentity(t) ? clean : corruption.Apply(clean, request.Fill(t));

    private static void Check(string sampler, int nfe, int least)
    {
        if (nfe < least)
        {
            var needed = least == 1 ? "1 network evaluation" : $"{least} network evaluations to undo this corruption";
            throw new NotApplicableException($"{sampler} needs at least {needed}, but the budget is {nfe}.");
        }
    }
}
