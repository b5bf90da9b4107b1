namespace Dfx.SoftDiffusion;

/// <summary>
/// Linear corruptions C of images, one for every level from <see cref="Least"/>, where C is the identity, up to <see cref="Most"/>: a blur of so
/// many pixels, a mask that hides so much. Every C is symmetric and acts on each channel alone; 0 is black, so it takes images in [0, 1].
/// </summary>
public interface ILinearCorruption
{
    /// <summary>The level of the identity.</summary>
    double Least { get; }

    /// <summary>The strongest level.</summary>
    double Most { get; }

    /// <summary>The fewest steps from the strongest level to none: as many as a mask has rings, since with fewer some steps uncover several at once, of which nothing was seen.</summary>
    int MinSteps { get; }

    /// <summary>Whether C is the identity in float32.</summary>
    /// <param name="level">A level.</param>
    bool IsIdentity(double level);

    /// <summary>The spectral norm of C, at most 1.</summary>
    /// <param name="level">A level.</param>
    double Norm(double level);

    /// <summary>C x with a level a row, differentiable in x.</summary>
    /// <param name="x">Images [N, C, H, W], float32 or float64.</param>
    /// <param name="levels">Levels [N], float64, on x's device.</param>
    /// <returns>A new tensor of x's shape, dtype and device; rows whose level is the identity are x to the bit.</returns>
    torch.Tensor Apply(torch.Tensor x, torch.Tensor levels);

    /// <summary>The same with one level for all rows, as schedules need it.</summary>
    /// <param name="x">Images [N, C, H, W], float32 or float64.</param>
    /// <param name="level">The level.</param>
    torch.Tensor Apply(torch.Tensor x, double level);
}
