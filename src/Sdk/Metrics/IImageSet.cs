namespace Dfx.Sdk;

/// <summary>Images to measure, read in batches.</summary>
public interface IImageSet
{
    /// <summary>The shape of every image.</summary>
    DataShape Shape { get; }

    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>A hash of the content, 64 hexadecimal digits, for caches; null if it changes from cell to cell.</summary>
    string? Fingerprint { get; }

    /// <summary>Reads images.</summary>
    /// <param name="first">The index of the first.</param>
    /// <param name="count">How many, within the set.</param>
    /// <returns>A new CPU tensor [count, C, H, W]: uint8 for data that are images, float32 as they are for other data.</returns>
    torch.Tensor Read(int first, int count);
}
