namespace Dfx.Diffusion.Tests.Training;

/// <summary>Images of 8 bits, three channels of 8 by 4 pixels: pixel j of image i is the byte (7 i + 5 j) mod 256, which the rule of the contract turns into a value.</summary>
internal sealed class ByteData(int images = 50) : IDataSource
{
    public DataShape Shape => new(3, 8, 4);

    public IReadOnlyList<string> Classes => [];

    public bool IsImages { get; init; } = true;

    /// <summary>Added to one value of one image.</summary>
    internal float Blemish { get; init; }

    /// <summary>Images that were read.</summary>
    internal int ReadCount { get; private set; }

    public int Count(Split split) => images;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        ReadCount += indices.Length;
        var each = (int)Shape.Elements;
        var values = new float[indices.Length * each];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((((7 * indices[i / each]) + (5 * (i % each))) % 256 / 127.5) - 1);
        }

        if (Blemish != 0 && indices.IndexOf(images - 1) is >= 0 and var last)
        {
            values[(last * each) + 9] += Blemish;
        }

        return torch.tensor(values, Shape.Batch(indices.Length));
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("No labels.");

    public void Dispose()
    {
    }
}
