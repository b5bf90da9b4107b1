using System.Collections.Immutable;

namespace Dfx.SoftDiffusion;

/// <summary>
/// The schedule that the paper compares its own with (Daras et al. 2023, appendix F.1.2, Eq. 45): at every t the corruption has done the same share of
/// its mean squared change as the noise of a variance exploding process has of its,
/// (E ‖(I - C) x0‖² + n sigma_t²) / (the same at t = 1) = (sigma'_t / sigma'_1)², with sigma'_t geometric. Read so, the noise alone is more than that
/// share until t is above 0.8: all corruption happens in the last part.
/// </summary>
/// <param name="sigmaMax">sigma'_1 of the process that is matched, for images in [0, 1].</param>
internal sealed class MseMatching(double sigmaMax)
{
    /// <summary>Nodes of the schedule. It is steep where the corruption sets in, so that straight lines between few would not be it.</summary>
    internal const int Nodes = 1025;

    /// <summary>sigma'_0.</summary>
    internal const double SigmaMin = 0.01;

    /// <summary>The process of images of a size, by their larger side: sigma'_1 is 50 at 32 pixels (CIFAR-10) and 90 at 64 (CelebA) in Song et al. 2021.</summary>
    internal static MseMatching For(DataShape shape) => new(Math.Max(shape.Height, shape.Width) > 32 ? 90 : 50);

    /// <summary>The levels from t_A to 1 at equal distances of t.</summary>
    /// <param name="distances">Distances in closed form, of which those from the first level, the identity, are used.</param>
    /// <param name="noise">sigma and t_A; its nodes are not looked at.</param>
    /// <param name="numbers">n: the numbers of an image.</param>
    internal ImmutableArray<double> Levels(LevelDistances distances, SoftSchedule noise, long numbers)
    {
        var change = Changes(distances);
        return [.. Enumerable.Range(0, Nodes - 1).Select(k => Level(noise.Growing(k / (Nodes - 1.0)))), distances.Levels[^1]];

        double Level(double t) => Table.Inverse(change, distances.Levels, Wanted(t));
        double Wanted(double t) => (Share(t) * (change[^1] + Noise(1))) - Noise(t);
        double Noise(double t) => numbers * noise.Sigma(t) * noise.Sigma(t);
    }

    /// <summary>(sigma'_t / sigma'_1)².</summary>
    internal double Share(double t) => Math.Pow(sigmaMax / SigmaMin, 2 * (t - 1));

    // E ‖(I - C) x0‖² by candidate. It does not fall for natural images; where it does for others, the level is held.
    private static double[] Changes(LevelDistances distances)
    {
        var changes = new double[distances.Count];
        for (var i = 1; i < changes.Length; i++)
        {
            changes[i] = Math.Max(changes[i - 1], distances[0, i] * distances[0, i]);
        }

        return changes;
    }
}
