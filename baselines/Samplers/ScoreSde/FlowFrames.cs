namespace Dfx.Baselines;

/// <summary>The times of score_sde (Song et al. 2021): what its solvers step through decides which steps they take.</summary>
internal static class FlowFrames
{
    /// <summary>
    /// Where the signal is not scaled (VE, EDM), the time in which ln sigma is linear, from 0 at SigmaMin to 1 at SigmaMax; else that of
    /// the linear variance-preserving schedule, the model's own if it is one.
    /// </summary>
    internal static IFlowFrame Of(INoiseSchedule schedule) => schedule.KeepsSignal()
        ? new GeometricFrame(schedule.SigmaMin, schedule.SigmaMax)
        : new PreservingFrame(schedule as VpSchedule ?? new VpSchedule());

    /// <summary>Levels at equally spaced times, from the noisiest to the lowest of the schedule.</summary>
    internal static double[] Levels(INoiseSchedule schedule, int count)
    {
        var frame = Of(schedule);
        return [.. Grids.Uniform(frame.Time(schedule.SigmaMax), frame.Time(schedule.SigmaMin), count).Select(frame.Sigma)];
    }
}

/// <summary>sigma(t) = SigmaMin (SigmaMax / SigmaMin)^t, s = 1: the VE SDE of Song et al. 2021 (appendix C). It has no clean end.</summary>
internal sealed record GeometricFrame(double SigmaMin, double SigmaMax) : IFlowFrame
{
    private double LogRatio => Math.Log(SigmaMax / SigmaMin);

    public double Time(double sigma) => Math.Log(sigma / SigmaMin) / LogRatio;

    public double Sigma(double t) => SigmaMin * Math.Exp(t * LogRatio);

    public double Scale(double t) => 1;

    public double SigmaRate(double t) => Sigma(t) * LogRatio;

    public double ScaleRate(double t) => 0;
}

/// <summary>The VP SDE of Song et al. 2021: s' = -beta s / 2, sigma' = beta (sigma + 1 / sigma) / 2.</summary>
internal sealed record PreservingFrame(VpSchedule Schedule) : IFlowFrame
{
    public double Time(double sigma) => sigma > 0 ? Schedule.Time(sigma) : 0;

    public double Sigma(double t) => Schedule.Sigma(t);

    public double Scale(double t) => Schedule.Scale(t);

    public double SigmaRate(double t) => Beta(t) / 2 * (Sigma(t) + (1 / Sigma(t)));

    public double ScaleRate(double t) => -Beta(t) / 2 * Scale(t);

    private double Beta(double t) => Schedule.BetaMin + (t * Schedule.BetaD);
}
