namespace Dfx.Data.Images;

/// <summary>An RGB image whose memory is used again by the next one. For one thread.</summary>
internal sealed class PixelBuffer
{
    /// <summary>Red, green and blue.</summary>
    public const int Channels = 3;

    // The largest photographs of ImageNet have 61 million pixels.
    private const long MaxPixels = 1 << 26;

    private byte[] _memory = [];

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    /// <summary>In pixels.</summary>
    public int Height { get; private set; }

    /// <summary>The pixels, row by row, three bytes each.</summary>
    public ReadOnlySpan<byte> Pixels => _memory.AsSpan(0, Width * Height * Channels);

    /// <summary>Takes another size.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="bytes">Bytes a pixel that the decoder needs, at least three.</param>
    /// <returns>Memory for all pixels; its content is whatever was there.</returns>
    /// <exception cref="InvalidDataException">It is larger than any image that a dataset has.</exception>
    public Span<byte> Resize(long width, long height, int bytes)
    {
        if (width < 1 || height < 1 || width > MaxPixels || height > MaxPixels || width * height > MaxPixels)
        {
            throw new InvalidDataException($"{width}x{height} pixels; expected at most {MaxPixels} in all");
        }

        (Width, Height) = ((int)width, (int)height);
        var length = Width * Height * bytes;
        _memory = _memory.Length < length ? GC.AllocateUninitializedArray<byte>(length) : _memory;
        return _memory.AsSpan(0, length);
    }
}
