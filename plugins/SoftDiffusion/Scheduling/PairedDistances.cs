using System.Collections.Immutable;

namespace Dfx.SoftDiffusion;

/// <summary>
/// Wasserstein distances between levels of a corruption in closed form: W_ij² = E ‖(C_i - C_j) x0‖². A symmetric positive semi-definite map is the
/// gradient of a convex function, so pairing every image with itself is the cheapest plan (Brenier 1991); for blurs, which hardly fail to commute at an
/// image's borders, it is a tight upper bound.
/// </summary>
internal static class PairedDistances
{
    // Numbers that are held at a time, of images at all levels: 128 MB.
    private const long Block = 1 << 24;

    /// <summary>The distances between all pairs of levels.</summary>
    /// <param name="corruption">The corruption.</param>
    /// <param name="levels">Levels, rising; the first is that of the identity.</param>
    /// <param name="images">x0 [N, C, H, W] in [0, 1], on the device of the computation.</param>
    /// <param name="progress">Who is told how far it has come.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <remarks>
    /// The inner products of all (C_i - I) x0 are summed in float64: W_ij² is a small difference of them, and the identity is taken off because
    /// what all levels share would cost the digits of the weakest ones.
    /// </remarks>
    internal static LevelDistances Of(
        ILinearCorruption corruption, ImmutableArray<double> levels, torch.Tensor images, IProgressHost? progress = null, CancellationToken cancellation = default)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var rows = Equivalent(images);
        var each = Math.Max(1, Block / (levels.Length * rows.shape[2] * rows.shape[3]));
        var products = torch.zeros(levels.Length, levels.Length, dtype: torch.float64, device: rows.device);
        for (var first = 0L; first < rows.shape[0]; first += each)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = torch.NewDisposeScope();
            var changes = Changes(corruption, levels, rows.narrow(0, first, Math.Min(each, rows.shape[0] - first)));
            products.add_(changes.mm(changes.t()));
            progress?.Report(Math.Min(first + each, rows.shape[0]), rows.shape[0], "distances between levels");
        }

        return LevelDistances.From(levels, Roots(products.div_(images.shape[0]).cpu()));
    }

    /// <summary>The distances from each level to the next.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    internal static ImmutableArray<double> Along(ILinearCorruption corruption, ImmutableArray<double> levels, torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var rows = Equivalent(images);
        var steps = ImmutableArray.CreateBuilder<double>(levels.Length - 1);
        var last = corruption.Apply(rows, levels[0]);
        foreach (var level in levels.AsSpan()[1..])
        {
            var next = corruption.Apply(rows, level);
            steps.Add(Math.Sqrt((next - last).square().sum().ToDouble() / images.shape[0]));
            last.Dispose();
            last = next;
        }

        return steps.MoveToImmutable();
    }

    // Distances depend on the images' second moments alone, which a matrix of as many rows as pixels has as well: X = Q R, so X^T X = R^T R. C acts on
    // each channel alone. [N, C, H, W] to [rows, 1, H, W], float64.
    private static torch.Tensor Equivalent(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var (height, width) = (images.shape[2], images.shape[3]);
        var rows = images.to(torch.float64).contiguous().view(-1, height * width);
        if (rows.shape[0] > rows.shape[1])
        {
            rows = torch.linalg.qr(rows, torch.linalg.QRMode.R).R;
        }

        return scope.MoveToOuter(rows.contiguous().view(-1, 1, height, width));
    }

    // (C_i - I) x a level: [levels, numbers].
    private static torch.Tensor Changes(ILinearCorruption corruption, ImmutableArray<double> levels, torch.Tensor rows)
    {
        using var scope = torch.NewDisposeScope();
        var changes = torch.empty(levels.Length, rows.numel(), dtype: rows.dtype, device: rows.device);
        for (var i = 0; i < levels.Length; i++)
        {
            using var level = torch.NewDisposeScope();
            changes[i].copy_((corruption.Apply(rows, levels[i]) - rows).flatten());
        }

        return scope.MoveToOuter(changes);
    }

    private static torch.Tensor Roots(torch.Tensor products)
    {
        var squares = products.diagonal();
        var between = (squares.unsqueeze(0) + squares.unsqueeze(1)).sub_(products + products.t());
        return between.clamp_min_(0).sqrt_();
    }
}
