using Dfx.Numerics;
using Dfx.Numerics.Noise;

namespace Dfx.SoftDiffusion;

/// <summary>In which order a mask hides pixels.</summary>
public enum MaskOrder
{
    /// <summary>From the borders inwards, ring by ring: what is seen is a shrinking window.</summary>
    Window,

    /// <summary>In a random order that is the same for all images.</summary>
    Pixels,
}

/// <summary>
/// Masks that hide more and more of an image behind black, each what the one before it hides and more (Daras et al. 2023, section 4). Levels are
/// the hidden share h: pixel p of rank rho(p) in [0, 1) is multiplied by clamp((R - rho(p)) / w, 0, 1) with R = (1 - h) (1 + w).
/// </summary>
/// <remarks>
/// Ranks are those of as many groups of pixels, rings of a window or lots of a random order. With w the distance of two ranks, a mask between two
/// of the binary ones is their linear interpolation.
/// </remarks>
public sealed class Masking : ILinearCorruption
{
    private readonly int _height;
    private readonly int _width;
    private readonly double _softness;
    private readonly long[] _groups;

    /// <param name="height">Of the images, in pixels.</param>
    /// <param name="width">Of the images, in pixels.</param>
    /// <param name="order">Which pixels are hidden first.</param>
    /// <param name="rings">Groups of pixels that are hidden one after the other, at least 1 and at most the rings or pixels that there are; null for the rings of the image.</param>
    /// <param name="softness">w, positive; null for the distance of two ranks.</param>
    /// <exception cref="ArgumentException">There are not so many groups.</exception>
    public Masking(int height, int width, MaskOrder order = MaskOrder.Window, int? rings = null, double? softness = null)
    {
        (_height, _width, Order, Rings) = (height, width, order, rings ?? (Math.Max(height, width) + 1) / 2);
        var most = order == MaskOrder.Window ? (Math.Max(height, width) + 1) / 2 : height * width;
        if (Rings < 1 || Rings > most)
        {
            throw new ArgumentException($"rings is {Rings}, and a mask of {height}x{width} pixels has at most {most} groups that are hidden one after the other: give 1 to {most}.", nameof(rings));
        }

        _softness = softness ?? 1.0 / Rings;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_softness);
        _groups = order == MaskOrder.Window ? Windows(height, width, Rings) : Lots(height * width, Rings);
    }

    /// <summary>Which pixels are hidden first.</summary>
    public MaskOrder Order { get; }

    /// <summary>Groups of pixels that are hidden one after the other.</summary>
    public int Rings { get; }

    /// <summary>w.</summary>
    public double Softness => _softness;

    /// <summary>0: all is seen.</summary>
    public double Least => 0;

    /// <summary>1: nothing is.</summary>
    public double Most => 1;

    /// <summary>The groups: with fewer steps some of them uncover several at once, of which the network has seen nothing.</summary>
    public int MinSteps => Rings;

    /// <inheritdoc/>
    public bool IsIdentity(double level) => Seen(level, Rings - 1) >= 1;

    /// <inheritdoc/>
    public double Norm(double level) => Math.Clamp(Seen(level, 0), 0, 1);

    /// <inheritdoc/>
    public torch.Tensor Apply(torch.Tensor x, torch.Tensor levels)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(levels);
        using var scope = torch.NewDisposeScope();
        var ranks = torch.arange(Rings, torch.ScalarType.Float64, levels.device).div_(Rings);
        var seen = ((1 - levels) * (1 + _softness)).unsqueeze(1).sub(ranks).div_(_softness).clamp_(0, 1).to(x.dtype);
        var masks = seen.index_select(1, torch.tensor(_groups).OnDevice(levels.device)).view(-1, 1, _height, _width);
        return scope.MoveToOuter(x * masks);
    }

    /// <inheritdoc/>
    public torch.Tensor Apply(torch.Tensor x, double level)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Apply(x, torch.tensor(new[] { level }).OnDevice(x.device)));
    }

    private double Seen(double level, int group) => (((1 - level) * (1 + _softness)) - ((double)group / Rings)) / _softness;

    // Rings around the centre by their largest distance of row or column, in parts of the larger side.
    private static long[] Windows(int height, int width, int rings)
    {
        var most = Math.Max(height, width);
        return [.. from row in Enumerable.Range(0, height) from column in Enumerable.Range(0, width) select Ring(row, column)];

        // Twice the distance from the centre is at most the side - 1.
        long Ring(int row, int column) =>
            (long)Math.Max(Math.Abs((2 * row) + 1 - height), Math.Abs((2 * column) + 1 - width)) * rings / most;
    }

    private static long[] Lots(int pixels, int rings)
    {
        var order = new int[pixels];
        NoiseSource.Permutation(NoiseKey.For(0, "mask-pixels"), 0, 0, order);
        return Array.ConvertAll(order, place => (long)place * rings / pixels);
    }
}
