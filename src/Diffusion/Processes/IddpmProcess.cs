using System.Collections.Immutable;
using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>
/// iDDPM (Nichol and Dhariwal 2021) in EDM's frame (Karras et al. 2022, table 1 and appendix C.3.1): M noise levels of the cosine schedule,
/// of which the network is told the nearest one by its number.
/// </summary>
/// <param name="Steps">M.</param>
/// <param name="MinRatio">C_1: the least ratio of two neighbours' ᾱ.</param>
/// <param name="Offset">C_2: how far the cosine is from 0 at the clean end.</param>
public sealed record IddpmProcess(int Steps = 1000, double MinRatio = 0.001, double Offset = 0.008) : IProcess
{
    private readonly double[] _levels = Table(Steps, MinRatio, Offset);

    /// <summary>u_0 … u_M, the noise levels from the noisiest down to 0.</summary>
    public ImmutableArray<double> Levels => [.. _levels];

    /// <inheritdoc/>
    public INoiseSchedule Schedule { get; } =
        new DiscreteSchedule([.. Table(Steps, MinRatio, Offset).Reverse().Skip(1).Select(u => 1 / (1 + (u * u)))]);

    /// <inheritdoc/>
    public Coefficients Precondition(torch.Tensor sigma)
    {
        ArgumentNullException.ThrowIfNull(sigma);
        var levels = torch.tensor(_levels).to(sigma.dtype, sigma.device);
        var nearest = (sigma.unsqueeze(1) - levels).abs().argmin(1);
        return new(torch.ones_like(sigma), -sigma, (sigma.square() + 1).rsqrt(), (-nearest + (Steps - 1)).to(sigma.dtype));
    }

    /// <inheritdoc/>
    public torch.Tensor Weight(torch.Tensor sigma) => sigma.pow(-2);

    /// <inheritdoc/>
    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = torch.NewDisposeScope();
        var uniform = noise.Uniform(step, count).@double();
        return scope.MoveToOuter(torch.tensor(_levels).OnDevice(uniform.device).index_select(0, (uniform * Steps).to(torch.ScalarType.Int64)));
    }

    // u_M = 0; u_{j-1} = √((u_j² + 1) / max(ᾱ_{j-1} / ᾱ_j, C_1) - 1), ᾱ_j = sin²(π/2 · j / (M (C_2 + 1))).
    private static double[] Table(int steps, double minRatio, double offset)
    {
        var levels = new double[steps + 1];
        for (var j = steps; j > 0; j--)
        {
            var ratio = AlphaBar(j - 1) / AlphaBar(j);
            levels[j - 1] = Math.Sqrt((((levels[j] * levels[j]) + 1) / Math.Max(ratio, minRatio)) - 1);
        }

        return levels;

        double AlphaBar(int j) => Math.Pow(Math.Sin(Math.PI / 2 * j / steps / (offset + 1)), 2);
    }
}
