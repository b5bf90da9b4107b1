using Dfx.Sdk;

namespace Dfx.Data.Images;

/// <summary>A tensor as a set of images.</summary>
/// <param name="images">[N, C, H, W] on the CPU: uint8, or float32 for data that are no images. Stays the caller's.</param>
/// <param name="fingerprint">A hash of the content, or null if it changes from cell to cell.</param>
public sealed class TensorImages(torch.Tensor images, string? fingerprint = null) : IImageSet
{
    /// <inheritdoc/>
    public DataShape Shape { get; } = new((int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);

    /// <inheritdoc/>
    public int Count { get; } = (int)images.shape[0];

    /// <inheritdoc/>
    public string? Fingerprint => fingerprint;

    /// <inheritdoc/>
    public torch.Tensor Read(int first, int count)
    {
        using var part = images.narrow(0, first, count);
        return part.clone();
    }
}
