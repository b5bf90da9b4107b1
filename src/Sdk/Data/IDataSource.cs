namespace Dfx.Sdk;

/// <summary>Open data. Safe for reading from several threads.</summary>
public interface IDataSource : IDisposable
{
    /// <summary>The shape of every image.</summary>
    DataShape Shape { get; }

    /// <summary>The names of the classes; empty if the data has no labels.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <summary>
    /// Whether the data are images of 8 bits a channel: then a value v in [-1, 1] stands for the byte 127.5 (v + 1), and samples are
    /// rounded to such bytes before they are measured. Otherwise the values are any real numbers and samples are measured as they are.
    /// </summary>
    bool IsImages { get; }

    /// <summary>How many images a part has.</summary>
    int Count(Split split);

    /// <summary>Reads images.</summary>
    /// <param name="split">The part.</param>
    /// <param name="indices">Indices in [0, Count), in any order, repeated or not.</param>
    /// <returns>A new float32 CPU tensor [n, C, H, W]; images lie in [-1, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    torch.Tensor Read(Split split, ReadOnlySpan<int> indices);

    /// <summary>Reads labels.</summary>
    /// <param name="split">The part.</param>
    /// <param name="indices">Indices in [0, Count).</param>
    /// <returns>A new int64 CPU tensor [n] of indices into <see cref="Classes"/>.</returns>
    /// <exception cref="InvalidOperationException">The data has no labels.</exception>
    torch.Tensor Labels(Split split, ReadOnlySpan<int> indices);
}
