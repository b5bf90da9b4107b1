namespace Dfx.Compensation;

/// <summary>The steps t = T … 1 of a discrete schedule, as levels.</summary>
internal sealed class DiscreteLevels : IRolloutLevels
{
    private readonly bool _full;
    private readonly int _steps;
    private readonly double[] _times;
    private readonly double[] _nodes;

    /// <param name="schedule">The schedule.</param>
    /// <param name="full">Whether rows enter at T alone; those of the first step are spread over all levels, so that no time is rarer at the start.</param>
    internal DiscreteLevels(DiscreteSchedule schedule, bool full)
    {
        (_full, _steps) = (full, schedule.Steps!.Value);
        _nodes = [.. schedule.LogVariances];
        _times = Grids.Uniform(0, _steps, _steps + 1);
    }

    public torch.Tensor Enter(TrainingBatch batch, int count)
    {
        var drawn = !_full
            ? batch.Noise("rollout-time").Integers(batch.Step, _steps, count)
            : [.. Enumerable.Range(0, count).Select(i => batch.Step == 0 ? (int)((long)i * _steps / count) : _steps - 1)];
        return torch.tensor(drawn.Select(t => t + 1.0).ToArray());
    }

    public torch.Tensor Next(torch.Tensor level) => level - 1;

    // ln(1 + sigma²) is linear in t between the steps.
    public torch.Tensor Sigma(torch.Tensor level) => Interpolation.Linear(level, _times, _nodes).expm1_().sqrt_();

    /// <summary>The noise level one step further down, for states at levels between the steps too: at most 1 step above clean it is clean.</summary>
    /// <param name="sigma">[N], float64.</param>
    internal torch.Tensor NextSigma(torch.Tensor sigma) => Sigma((Interpolation.Linear(sigma.square().log1p(), _nodes, _times) - 1).clamp_min(0));

    /// <summary>The schedule of a method's options.</summary>
    /// <exception cref="ArgumentException">A respaced schedule has a number of steps that does not divide 1000.</exception>
    internal static DiscreteSchedule Schedule(CsSchedule schedule, int steps)
    {
        const int Of = 1000;
        return schedule == CsSchedule.Linear ? DiscreteSchedule.Scaled(steps)
            : Of % steps != 0 ? throw new ArgumentException($"schedule: respaced takes every k-th of {Of} levels, and {steps} steps do not divide them: give steps 50, 100, 200, 500 or the like, or schedule: linear.")
            : new([.. Enumerable.Range(1, steps).Select(t => DiscreteSchedule.Linear(Of).AlphaBar((double)t * Of / steps))]);
    }
}
