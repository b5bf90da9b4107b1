using Dfx.Sdk;

namespace Dfx.Data.Images;

/// <summary>A part of a dataset as a set of images to measure or to compare with.</summary>
/// <param name="source">The open data; stays the caller's.</param>
/// <param name="split">The part.</param>
/// <param name="fingerprint">The dataset's fingerprint, or null if the set must not be cached.</param>
public sealed class SourceImages(IDataSource source, Split split, string? fingerprint) : IImageSet
{
    /// <inheritdoc/>
    public DataShape Shape => source.Shape;

    /// <inheritdoc/>
    public int Count { get; } = source.Count(split);

    /// <summary>The dataset's fingerprint with the name of the part; null if the set must not be cached.</summary>
    public string? Fingerprint { get; } = fingerprint is null
        ? null
        : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{fingerprint} {split}")));

    /// <inheritdoc/>
    public torch.Tensor Read(int first, int count)
    {
        var values = source.Read(split, Enumerable.Range(first, count).ToArray());
        if (!source.IsImages)
        {
            return values;
        }

        using (values)
        {
            return PixelBytes.Quantize(values);
        }
    }
}
