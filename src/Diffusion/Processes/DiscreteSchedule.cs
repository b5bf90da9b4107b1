using System.Collections.Immutable;

namespace Dfx.Diffusion;

/// <summary>
/// The discrete schedule of DDPM (Ho et al. 2020): at step t = 1 … T, x_t = √ᾱ_t x0 + √(1 - ᾱ_t) z. Between the steps ln(1 + sigma²) is
/// linear in t.
/// </summary>
/// <param name="alphaBars">ᾱ_1 … ᾱ_T, falling, in (0, 1).</param>
public sealed class DiscreteSchedule(ImmutableArray<double> alphaBars) : INoiseSchedule
{
    /// <summary>The fewest steps of <see cref="Scaled"/>: with one less the last beta would be 1.</summary>
    public const int FewestScaled = 21;

    /// <inheritdoc/>
    public double SigmaMin => Sigma(1);

    /// <inheritdoc/>
    public double SigmaMax => Sigma(alphaBars.Length);

    /// <inheritdoc/>
    public int? Steps => alphaBars.Length;

    /// <summary>DDPM's linear betas, from <paramref name="first"/> to <paramref name="last"/> with both ends included.</summary>
    /// <param name="steps">T, at least 2.</param>
    /// <param name="first">The beta of step 1.</param>
    /// <param name="last">The beta of step T.</param>
    public static DiscreteSchedule Linear(int steps = 1000, double first = 1e-4, double last = 0.02)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        var bars = ImmutableArray.CreateBuilder<double>(steps);
        var product = 1.0;
        for (var i = 0; i < steps; i++)
        {
            product *= 1 - (first + ((last - first) * i / (steps - 1)));
            bars.Add(product);
        }

        return new(bars.MoveToImmutable());
    }

    /// <summary>
    /// DDPM's linear betas for any number of steps: 1e-4 … 0.02 times 1000 / T, so that the noise at the end is that of 1000 steps
    /// (Dhariwal and Nichol 2021).
    /// </summary>
    /// <param name="steps">T, at least <see cref="FewestScaled"/>.</param>
    public static DiscreteSchedule Scaled(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, FewestScaled);
        return Linear(steps, 1e-4 * 1000 / steps, 0.02 * 1000 / steps);
    }

    /// <summary>
    /// The cosine schedule of Nichol and Dhariwal 2021 (Eq. 17): ᾱ follows cos²((t / T + 0.008) / 1.008 · π / 2), and no beta is above 0.999.
    /// </summary>
    /// <param name="steps">T, at least 1.</param>
    public static DiscreteSchedule Cosine(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var bars = ImmutableArray.CreateBuilder<double>(steps);
        var product = 1.0;
        for (var i = 0; i < steps; i++)
        {
            product *= 1 - Math.Min(0.999, 1 - (Cosine((i + 1.0) / steps) / Cosine((double)i / steps)));
            bars.Add(product);
        }

        return new(bars.MoveToImmutable());

        static double Cosine(double time) => Math.Pow(Math.Cos((time + 0.008) / 1.008 * Math.PI / 2), 2);
    }

    /// <summary>ln(1 + sigma²) at the steps 0 … T.</summary>
    public IEnumerable<double> LogVariances => Enumerable.Range(0, alphaBars.Length + 1).Select(Node);

    /// <summary>ᾱ at a step, 1 at step 0.</summary>
    public double AlphaBar(double t) => Math.Exp(-LogVariance(t));

    /// <inheritdoc/>
    public double Scale(double t) => Math.Sqrt(AlphaBar(t));

    /// <inheritdoc/>
    public double Sigma(double t) => Math.Sqrt(Math.Exp(LogVariance(t)) - 1);

    /// <inheritdoc/>
    public double Time(double sigma)
    {
        var target = Math.Log(1 + (sigma * sigma));
        var (low, high) = (0, alphaBars.Length);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Node(middle) <= target ? (middle, high) : (low, middle);
        }

        return Math.Min(alphaBars.Length, low + ((target - Node(low)) / (Node(high) - Node(low))));
    }

    private double LogVariance(double t)
    {
        var low = (int)Math.Clamp(Math.Floor(t), 0, alphaBars.Length - 1);
        return Node(low) + ((t - low) * (Node(low + 1) - Node(low)));
    }

    // ln(1 + sigma²) = -ln ᾱ.
    private double Node(int step) => step == 0 ? 0 : -Math.Log(alphaBars[step - 1]);
}
