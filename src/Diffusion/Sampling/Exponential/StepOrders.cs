namespace Dfx.Diffusion;

/// <summary>The order of every step of a run.</summary>
public static class StepOrders
{
    /// <summary>
    /// DPM-Solver-fast (Lu et al. 2022a): single steps of the highest order while the evaluations last, then lower ones that
    /// use up the rest. A step of order q takes q evaluations.
    /// </summary>
    /// <param name="order">The highest order, 1 to 3.</param>
    /// <param name="evaluations">How many evaluations there are, at least 1.</param>
    public static int[] Fast(int order, int evaluations) => (order, evaluations % order) switch
    {
        (3, 0) => [.. Fixed(3, evaluations - 3), 2, 1],
        (_, 0) => Fixed(order, evaluations),
        (_, var rest) => [.. Fixed(order, evaluations), rest],
    };

    /// <summary>Single steps of one order, as many as fit.</summary>
    /// <param name="order">The order of each.</param>
    /// <param name="evaluations">How many evaluations there are.</param>
    public static int[] Fixed(int order, int evaluations) => [.. Enumerable.Repeat(order, evaluations / order)];

    /// <summary>Multistep: the first steps know few estimates, and the last ones can be asked to use few.</summary>
    /// <param name="order">The highest order.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="lowerFinal">Whether the last steps use few: with less than ten or so steps, high orders are not stable there.</param>
    public static int[] Multistep(int order, int steps, bool lowerFinal) =>
        [.. Enumerable.Range(0, steps).Select(i => Math.Min(order, Math.Min(i + 1, lowerFinal ? steps - i : order)))];
}
