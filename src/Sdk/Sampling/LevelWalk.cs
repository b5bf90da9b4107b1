namespace Dfx.Sdk;

/// <summary>Walks down a list of noise levels: what every sampler repeats around its own step.</summary>
public static class LevelWalk
{
    /// <summary>
    /// Takes the steps from the first level to the one at <paramref name="stop"/>. Every step has a dispose scope of its own, of which the returned state alone
    /// outlives it; what a multistep method remembers beside the state is moved out with <c>MoveToOuterDisposeScope</c>, and lives until the walk ends.
    /// </summary>
    /// <param name="start">The state at the first level; it is not changed.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="stop">The index of the level to stop at; at 0 or below there is no step.</param>
    /// <param name="step">
    /// From a state, which it may change in place, and a step to the next state: a new tensor, which the walk takes over, or the state that it was given.
    /// </param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>A new tensor: the state at the level to stop at.</returns>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    public static torch.Tensor Run(
        torch.Tensor start,
        IReadOnlyList<double> levels,
        int stop,
        Func<torch.Tensor, SamplingStep, torch.Tensor> step,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(step);
        using var walk = torch.NewDisposeScope();
        var state = start.clone();
        foreach (var at in Steps(levels, stop))
        {
            cancellation.ThrowIfCancellationRequested();
            state = Next(state, start, at, step);
        }

        return state.MoveToOuterDisposeScope();
    }

    /// <summary>The steps from the first level to the one at <paramref name="stop"/>.</summary>
    internal static IEnumerable<SamplingStep> Steps(IReadOnlyList<double> levels, int stop)
    {
        for (var i = 0; i < stop; i++)
        {
            yield return new(i, levels[i], levels[i + 1]);
        }
    }

    private static torch.Tensor Next(torch.Tensor state, torch.Tensor start, SamplingStep at, Func<torch.Tensor, SamplingStep, torch.Tensor> step)
    {
        using var scope = torch.NewDisposeScope();
        var next = step(state, at) ?? throw new InvalidOperationException($"step {at.Index} of the sampler returned null instead of a state");
        if (ReferenceEquals(next, state))
        {
            return state;
        }

        // The start belongs to whoever gave it.
        var kept = ReferenceEquals(next, start) ? next.clone() : next;
        state.Dispose();
        return kept.MoveToOuterDisposeScope();
    }
}
