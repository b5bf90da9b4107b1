using System.Collections.Immutable;

namespace Dfx.Diffusion;

/// <summary>
/// The discrete schedule of DDPM (Ho et al. 2020): at step t = 1 … T, x_t = √ᾱ_t x0 + √(1 - ᾱ_t) z. Between the steps ln(1 + sigma²) is
/// linear in t.
/// </summary>
/// <param name="alphaBars">ᾱ_1 … ᾱ_T, falling, in (0, 1).</param>
public sealed class DiscreteSchedule(ImmutableArray<double> alphaBars) : INoiseSchedule
{
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
