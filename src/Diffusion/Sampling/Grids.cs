namespace Dfx.Diffusion;

/// <summary>Levels of noise that samplers visit, from the noisiest down. The clean level 0 is not among them: samplers add it.</summary>
public static class Grids
{
    /// <summary>Equal steps of sigma^(1 / rho) (Karras et al. 2022, Eq. 5).</summary>
    /// <param name="sigmaMin">The last level, positive.</param>
    /// <param name="sigmaMax">The first level.</param>
    /// <param name="count">How many levels, at least 1; a single one is <paramref name="sigmaMax"/>.</param>
    /// <param name="rho">How far the levels crowd at the low end; 7 in the paper.</param>
    public static double[] Karras(double sigmaMin, double sigmaMax, int count, double rho = 7)
    {
        var (high, low) = (Math.Pow(sigmaMax, 1 / rho), Math.Pow(sigmaMin, 1 / rho));
        return [.. Uniform(high, low, count).Select(s => Math.Pow(s, rho))];
    }

    /// <summary>Equal steps of ln sigma, which is minus half of the log signal-to-noise ratio.</summary>
    /// <inheritdoc cref="Karras" path="/param"/>
    public static double[] LogSnr(double sigmaMin, double sigmaMax, int count) =>
        [.. Uniform(Math.Log(sigmaMax), Math.Log(sigmaMin), count).Select(Math.Exp)];

    /// <summary>Equal steps of a schedule's time between two noise levels.</summary>
    /// <param name="schedule">Whose time it is.</param>
    /// <param name="sigmaMin">The last level.</param>
    /// <param name="sigmaMax">The first level.</param>
    /// <param name="count">How many levels, at least 1.</param>
    public static double[] Time(INoiseSchedule schedule, double sigmaMin, double sigmaMax, int count) => Power(schedule, sigmaMin, sigmaMax, count, 1);

    /// <summary>Equal steps of t^(1 / k), t a schedule's time, between two noise levels.</summary>
    /// <param name="schedule">Whose time it is.</param>
    /// <param name="sigmaMin">The last level; 0 is the clean one.</param>
    /// <param name="sigmaMax">The first level.</param>
    /// <param name="count">How many levels, at least 1.</param>
    /// <param name="k">How far the levels crowd at the low end, positive; 1 is <see cref="Time"/>, 2 is "quadratic".</param>
    public static double[] Power(INoiseSchedule schedule, double sigmaMin, double sigmaMax, int count, double k)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var (high, low) = (Math.Pow(schedule.Time(sigmaMax), 1 / k), Math.Pow(schedule.Time(sigmaMin), 1 / k));
        return [.. Uniform(high, low, count).Select(root => schedule.Sigma(Math.Pow(root, k)))];
    }

    /// <summary>
    /// Every k-th step of a discrete schedule from step 1 on (Song et al. 2021, appendix D.2, "linear"), with the smallest k for which they
    /// are no more than asked for. These are guided-diffusion's "ddimN" wherever it has N of them, and those of DDIM's own code where their
    /// number divides T; elsewhere that code takes k = ⌊T / count⌋, and so more steps than asked for.
    /// </summary>
    /// <param name="schedule">A schedule with a number of steps.</param>
    /// <param name="count">The most levels, at least 1.</param>
    /// <exception cref="ArgumentException">The schedule's time is continuous.</exception>
    public static double[] Steps(INoiseSchedule schedule, int count)
    {
        var steps = Total(schedule);
        var stride = (steps + count - 1) / count;
        var levels = (steps + stride - 1) / stride;
        return [.. Enumerable.Range(0, levels).Reverse().Select(i => schedule.Sigma(1 + (i * stride)))];
    }

    /// <summary>
    /// Steps of a discrete schedule that crowd at the low end, as DDIM takes them (Song et al. 2021, appendix D.2, "quadratic", and
    /// the official code): 1 + ⌊r²⌋ for equally spaced r from 0 to √(0.8 T), in float64 as there, whose rounding decides where r² is whole.
    /// Those that coincide are one, so there may be fewer than asked for.
    /// </summary>
    /// <inheritdoc cref="Steps" path="/param|/exception"/>
    public static double[] QuadraticSteps(INoiseSchedule schedule, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (root, last) = (Math.Sqrt(Total(schedule) * 0.8), Math.Max(1, count - 1));
        var labels = Enumerable.Range(0, count).Select(i => Math.Floor(Square(i > 0 && i == last ? root : i * (root / last)))).Distinct();
        return [.. labels.Reverse().Select(label => schedule.Sigma(1 + label))];

        static double Square(double r) => r * r;
    }

    /// <summary>
    /// Steps of a discrete schedule that are equally spaced from its first to its last, both included, and rounded ("respacing", Nichol and
    /// Dhariwal 2021). As in the published codes the stride is added up in float64 and halves are rounded to even numbers, so it matters
    /// what number the first step has: 0 in improved-diffusion and guided-diffusion, 1 in "linear" of Analytic-DPM (Bao et al. 2022).
    /// </summary>
    /// <param name="schedule">A schedule with a number of steps.</param>
    /// <param name="count">The most levels, at least 1; a single one is the first step.</param>
    /// <param name="first">The number of the first step.</param>
    /// <exception cref="ArgumentException">The schedule's time is continuous.</exception>
    public static double[] RespacedSteps(INoiseSchedule schedule, int count, int first = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var levels = new double[Math.Min(count, Total(schedule))];
        var stride = (Total(schedule) - 1.0) / Math.Max(1, levels.Length - 1);
        double number = first;
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            levels[i] = schedule.Sigma(1 - first + Math.Round(number));
            number += stride;
        }

        return levels;
    }

    /// <summary>Equal steps from one number to another, both included; a single one is the first.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="to">The last number.</param>
    /// <param name="count">How many, at least 1.</param>
    public static double[] Uniform(double from, double to, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // The last one is given, not computed: rounding must not put a level where the clean one is meant.
        return [.. Enumerable.Range(0, count).Select(i => i > 0 && i == count - 1 ? to : from + ((to - from) * i / Math.Max(1, count - 1)))];
    }

    private static int Total(INoiseSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return schedule.Steps ?? throw new ArgumentException("The schedule's time is continuous; expected a discrete one.", nameof(schedule));
    }
}
