namespace Dfx.Baselines;

/// <summary>The predictors of Song et al. 2021.</summary>
public enum SdePredictor
{
    /// <summary>As <see cref="ReverseDiffusionSampler"/>.</summary>
    ReverseDiffusion,

    /// <summary>As <see cref="AncestralSdeSampler"/>.</summary>
    Ancestral,

    /// <summary>As <see cref="EulerMaruyamaSampler"/>.</summary>
    EulerMaruyama,
}

/// <summary>What the predictors do.</summary>
internal static class SdePredictors
{
    /// <summary>
    /// The levels of score_sde: ln sigma is equally spaced for VE and EDM, the time for VP. A discrete schedule has its own steps, but for
    /// Euler and Maruyama's method, whose steps are equally long.
    /// </summary>
    internal static IReadOnlyList<double> Levels(this SdePredictor predictor, INoiseSchedule schedule, int count) =>
        predictor == SdePredictor.EulerMaruyama
        ? Budget.ThenClean(FlowFrames.Levels(schedule, count))
        : SampleLevels.Of(schedule, count, StepSet.Uniform, schedule.KeepsSignal() ? DdimGrid.LogSnr : DdimGrid.Time);

    /// <summary>The step between two of the levels.</summary>
    internal static Func<SdeLevels, SdeUpdate> Step(this SdePredictor predictor, INoiseSchedule schedule, IReadOnlyList<double> levels)
    {
        var (keepsSignal, frame) = (schedule.KeepsSignal(), FlowFrames.Of(schedule));
        var duration = frame.Time(levels[0]) / (levels.Count - 1);
        return predictor switch
        {
            SdePredictor.Ancestral => at => SdeUpdate.Ancestral(at, keepsSignal),
            SdePredictor.EulerMaruyama => at => SdeUpdate.EulerMaruyama(at, frame, duration),
            _ => SdeUpdate.ReverseDiffusion,
        };
    }
}
