namespace Dfx.Baselines;

/// <summary>
/// DEIS (Zhang and Chen 2023, algorithm 1). In EDM's frame, y = x / a and rho = sigma, a step of its exponential integrator is
/// y' = y + ∑ C_j eps_j, where C_j is an integral of a Lagrange polynomial over rho. S steps take S evaluations, order × S with
/// Runge-Kutta. Like the official code it ends at its end time, not on clean images, unless that time is 0.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("deis", "DEIS", Paper = "Zhang and Chen, ICLR 2023")]
public sealed class DeisSampler(DeisOptions options) : ISampler<IDenoiser>
{
    private Tableau Tableau => options.Order switch
    {
        1 => Tableau.Euler,
        2 => Tableau.Heun,
        3 => Tableau.Kutta,
        _ => Tableau.Classical,
    };

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return DeisLevels.Of(model.Schedule, options, nfe);
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var (history, clock) = (new SlopeHistory(options.Order + 1), DeisLevels.Clock(model.Schedule, options));
        return request.Walk((y, step) =>
        {
            var (i, sigma, next) = step;
            if (options.Kind == DeisKind.Rhork)
            {
                var stages = Tableau.Slopes(model, y, c => sigma + (c * (next - sigma)));
                return y.add_(stages.Combine(Tableau.Weights), next - sigma);
            }

            history.Push(model.Slope(y, sigma));
            return y.add_(history.Combine(Coefficients(clock, [.. request.Levels.Take(i + 1).TakeLast(history.Count).Reverse()], next)));
        });
    }

    // C_j of the known levels, the newest first.
    private IReadOnlyList<double> Coefficients(INoiseSchedule clock, double[] known, double next) => options.Kind == DeisKind.Tab
        ? AdamsBashforth.Exact(known, SmoothPath.Between(clock, known[0], next), clock.Time)
        : AdamsBashforth.Exact(known, [known[0], next], rho => rho);
}
