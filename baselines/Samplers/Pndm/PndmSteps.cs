namespace Dfx.Baselines;

/// <summary>
/// What the samplers of PNDM share (Liu et al. 2022, algorithm 2). The paper's transfer is DDIM's step, y' = y + (sigma' - sigma) e in
/// EDM's frame; e is a Runge-Kutta mean in the first steps, and from then on the Adams-Bashforth mean of the latest slopes for equal steps.
/// </summary>
/// <param name="Sampler">What the sampler is called.</param>
/// <param name="Start">The Runge-Kutta method of the first steps.</param>
/// <param name="Starts">How many steps it makes.</param>
/// <param name="Order">How many slopes the later steps combine.</param>
/// <param name="HalfSteps">Where a stage between two steps of a discrete schedule lies.</param>
internal sealed record PndmSteps(string Sampler, Tableau Start, int Starts, int Order, HalfSteps HalfSteps = HalfSteps.Exact)
{
    // Times that are found from levels are off by less.
    private const double Rounding = 1e-6;

    private int Extra => Start.Stages - 1;

    /// <summary>DDIM's levels for the most steps that fit: S steps take S + (stages - 1) min(Starts, S - 1) evaluations.</summary>
    /// <remarks>The last step is to the clean level, where no model can be asked, so it cannot be a Runge-Kutta step.</remarks>
    /// <exception cref="NotApplicableException">No Runge-Kutta step and step to the clean level fit.</exception>
    internal IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var least = Starts > 0 ? Start.Stages + 1 : 1;
        return nfe >= least
            ? SampleLevels.Of(model.Schedule, Math.Max(nfe - (Extra * Starts), (nfe + Extra) / Start.Stages))
            : throw new NotApplicableException($"{Sampler} needs at least {least} network evaluations, but the budget is {nfe}.");
    }

    /// <inheritdoc cref="ISampler{TModel}.Sample"/>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var (history, clock) = (new SlopeHistory(Order), SampleLevels.Clock(model.Schedule));
        return request.Walk((y, step) =>
        {
            var (i, sigma, next) = step;
            if (i < Starts && next > 0)
            {
                var stages = Start.Slopes(model, y, InTime(clock, sigma, next, HalfSteps), InTime(clock, sigma, next, HalfSteps.Exact));
                history.Push(stages[0]);
                return y.add_(stages.Combine(Start.Weights), next - sigma);
            }

            history.Push(model.Slope(y, sigma));
            return y.add_(history.Combine(AdamsBashforth.Uniform(history.Count)), next - sigma);
        });
    }

    // The inner stages of a pseudo Runge-Kutta step lie in the middle of time.
    private static Func<double, double> InTime(INoiseSchedule clock, double sigma, double next, HalfSteps halfSteps)
    {
        var (t, u) = (clock.Time(sigma), clock.Time(next));
        var whole = halfSteps == HalfSteps.Truncated && clock.Steps is not null;
        return c => c == 0 ? sigma : c == 1 ? next : clock.Sigma(whole ? Truncated(t + (c * (u - t))) : t + (c * (u - t)));
    }

    private static double Truncated(double time)
    {
        var below = Math.Floor(time + Rounding);
        return time - below < Rounding ? time : below;
    }
}
