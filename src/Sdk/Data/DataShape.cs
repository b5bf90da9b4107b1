namespace Dfx.Sdk;

/// <summary>The shape of one image.</summary>
/// <param name="Channels">1 for grey, 3 for colour; vectors are 1 by 1 images of many channels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
public readonly record struct DataShape(int Channels, int Height, int Width)
{
    /// <summary>Numbers an image: channels times height times width.</summary>
    public long Elements => (long)Channels * Height * Width;

    /// <summary>The shape of a batch: [<paramref name="count"/>, C, H, W].</summary>
    public long[] Batch(long count) => [count, Channels, Height, Width];

    /// <summary>The shape as 1x28x28.</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
