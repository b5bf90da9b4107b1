namespace Dfx.Baselines;

/// <summary>
/// The order in which RePaint visits its levels (Lugmayr et al. 2022, section 4.2 and figure 9). Positions count up to <c>steps</c> noisy
/// levels, 0 being the noisiest and <c>steps</c> the clean one.
/// </summary>
internal static class JumpSchedule
{
    /// <summary>How many of the moves go down, each with one evaluation: steps + (r - 1) j times the levels that are jumped from.</summary>
    internal static long Evaluations(int steps, int jump, int resamplings) => steps + ((long)(resamplings - 1) * jump * Jumps(steps, jump));

    /// <summary>The largest number of steps whose evaluations fit a budget of at least 1.</summary>
    internal static int Steps(int nfe, int jump, int resamplings)
    {
        var (fits, fails) = (1, nfe + 1);
        while (fails - fits > 1)
        {
            var middle = fits + ((fails - fits) / 2);
            (fits, fails) = Evaluations(middle, jump, resamplings) <= nfe ? (middle, fails) : (fits, middle);
        }

        return fits;
    }

    /// <summary>
    /// The positions from 0 to <paramref name="steps"/>. On the way down, at the last noisy level and at every j-th before it that has more
    /// than j levels above, the walk jumps j levels up, r - 1 times.
    /// </summary>
    internal static IEnumerable<int> Positions(int steps, int jump, int resamplings)
    {
        var left = Enumerable.Range(0, Jumps(steps, jump)).ToDictionary(k => steps - 1 - (k * jump), _ => resamplings - 1);
        for (var position = 0; position <= steps; position++)
        {
            yield return position;
            if (left.GetValueOrDefault(position) > 0)
            {
                left[position]--;
                position -= jump;
                yield return position;
            }
        }
    }

    private static int Jumps(int steps, int jump) => Math.Max(0, (steps - 1) / jump);
}
