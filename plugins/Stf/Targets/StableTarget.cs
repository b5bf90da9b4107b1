namespace Dfx.Stf;

/// <summary>
/// The target of Stable Target Field in EDM's frame, x = x0 + sigma z: an estimate of E[x0 | x] that weights the images r_j of a reference
/// batch by how likely each one made x (Xu et al. 2023, Eq. 5 and 6).
/// </summary>
/// <remarks>
/// The weights are softmax_j(-‖x - r_j‖² / (2 sigma²)). What all j share cancels, so the exponents are (x·r_j - ‖r_j‖² / 2) / sigma², which
/// is two matrix products in place of a tensor [B, n, C, H, W]. They are shifted by their row's largest, the source's own if sigma is small,
/// before they are divided by sigma²: nothing overflows.
/// </remarks>
public static class StableTarget
{
    /// <summary>References whose weights are held at once, if nobody asks for another number.</summary>
    public const int DefaultChunk = 1024;

    /// <summary>The target of every row, in memory of O(B chunk) beside the inputs and the result.</summary>
    /// <param name="noisy">Noisy images x [B, C, H, W], float32 or float64.</param>
    /// <param name="sigma">Their noise levels [B], positive: from 1e-8 to 1e8 for images of order 1.</param>
    /// <param name="references">
    /// Images of x's dtype, on its device. If there are labels, the first B are those of the rows, and every row averages its own class.
    /// </param>
    /// <param name="chunk">References whose weights are held at once, at least 1.</param>
    /// <returns>A new tensor of x's shape, dtype and device, outside of the graph.</returns>
    /// <exception cref="ArgumentException">Shapes or dtypes do not fit.</exception>
    public static torch.Tensor Of(torch.Tensor noisy, torch.Tensor sigma, References references, int chunk = DefaultChunk)
    {
        Check(noisy, sigma, references);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunk, 1);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var (x, images) = (noisy.flatten(1), references.Images.flatten(1));
        var mean = new WeightedMean(Precision(sigma, noisy), x.shape[1]);
        for (var start = 0L; start < images.shape[0]; start += chunk)
        {
            Add(mean, x, images.narrow(0, start, Math.Min(chunk, images.shape[0] - start)), Others(references, x.shape[0], start, chunk));
        }

        return scope.MoveToOuter(mean.Value.view_as(noisy));
    }

    /// <summary>The weights of the references, of which <see cref="Of"/> holds a chunk at a time.</summary>
    /// <inheritdoc cref="Of" path="/param[@name!='chunk']|/exception"/>
    /// <returns>A new tensor [B, n] of x's dtype and device, outside of the graph, whose rows sum to 1.</returns>
    public static torch.Tensor Weights(torch.Tensor noisy, torch.Tensor sigma, References references)
    {
        Check(noisy, sigma, references);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var count = references.Images.shape[0];
        var heights = Heights(noisy.flatten(1), references.Images.flatten(1), Others(references, noisy.shape[0], 0, count));
        var exponents = heights.sub_(heights.amax([1], true)).mul_(Precision(sigma, noisy));
        return scope.MoveToOuter(exponents.softmax(1));
    }

    private static void Add(WeightedMean mean, torch.Tensor x, torch.Tensor images, torch.Tensor? others)
    {
        using var scope = torch.NewDisposeScope();
        mean.Add(Heights(x, images, others), images);
    }

    // The exponents before they are divided by sigma²: [B, chunk]. A norm in place of a sum of squares needs no copy of the images.
    private static torch.Tensor Heights(torch.Tensor x, torch.Tensor images, torch.Tensor? others)
    {
        using var scope = torch.NewDisposeScope();
        var heights = x.mm(images.t()).sub_(images.norm(dim: 1).square() * 0.5);
        return scope.MoveToOuter(others is null ? heights : heights.masked_fill_(others, float.MinValue));
    }

    // Which references are of another class: [B, chunk].
    private static torch.Tensor? Others(References references, long rows, long start, long chunk) => references.Labels is { } labels
        ? labels.narrow(0, start, Math.Min(chunk, labels.shape[0] - start)).unsqueeze(0).ne(labels.narrow(0, 0, rows).unsqueeze(1))
        : null;

    private static torch.Tensor Precision(torch.Tensor sigma, torch.Tensor like) => sigma.@double().pow(-2).to(like.dtype).view(-1, 1);

    private static void Check(torch.Tensor noisy, torch.Tensor sigma, References references)
    {
        ArgumentNullException.ThrowIfNull(noisy);
        ArgumentNullException.ThrowIfNull(sigma);
        ArgumentNullException.ThrowIfNull(references);
        var images = references.Images;
        Require(noisy.shape.AsSpan(1).SequenceEqual(images.shape.AsSpan(1)), "noisy images and references have different shapes");
        Require(noisy.dtype == images.dtype, $"noisy images are {noisy.dtype} and references {images.dtype}");
        Require(sigma.numel() == noisy.shape[0], $"there are {sigma.numel()} noise levels for {noisy.shape[0]} images");
        Require(
            references.Labels is null || (references.Labels.shape[0] == images.shape[0] && images.shape[0] >= noisy.shape[0]),
            "with labels there is one for every reference, and the first references are the sources of the noisy images");
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new ArgumentException($"The target cannot be averaged: {problem}.");
        }
    }
}
