using Dfx.Sdk;

namespace Dfx.Data.Cifar;

/// <summary>One file of CIFAR-10.</summary>
/// <param name="Labels">A class an image.</param>
/// <param name="Bytes">All images.</param>
/// <param name="Start">Where the first image begins.</param>
/// <param name="Stride">Bytes from image to image.</param>
/// <remarks>Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009, and its page for the two formats.</remarks>
internal sealed record CifarBatch(byte[] Labels, byte[] Bytes, int Start, int Stride)
{
    /// <summary>Bytes of an image: 32x32 red, then green, then blue.</summary>
    public const int Image = 3 * 32 * 32;

    /// <summary>How to make a batch that can be read, as a sentence.</summary>
    public const string WayOut = "In Python: pickle.dump({'data': images, 'labels': labels}, file, protocol=2), with images of uint8 [N, 3072] and a list of int.";

    /// <summary>Reads a batch of either format.</summary>
    /// <param name="file">The file's content; kept.</param>
    /// <param name="path">Its name, for errors.</param>
    /// <exception cref="DataUnavailableException">It is neither.</exception>
    public static CifarBatch Read(byte[] file, string path)
    {
        var batch = path.EndsWith(".bin", StringComparison.Ordinal) ? Binary(file, path) : Python(file, path);
        return batch.Labels.All(label => label < CifarSource.ClassNames.Count)
            ? batch
            : throw new DataUnavailableException($"{path}: a label is {batch.Labels.Max()}; expected 0 to {CifarSource.ClassNames.Count - 1}.");
    }

    /// <summary>The pixels of an image.</summary>
    public ReadOnlySpan<byte> Pixels(int index) => Bytes.AsSpan(Start + (index * Stride), Image);

    private static CifarBatch Binary(byte[] file, string path)
    {
        const int record = 1 + Image;
        if (file.Length == 0 || file.Length % record != 0)
        {
            throw new DataUnavailableException($"{path}: {file.Length} bytes; expected records of {record}. The file is cut off or another one.");
        }

        return new([.. Enumerable.Range(0, file.Length / record).Select(i => file[i * record])], file, 1, record);
    }

    private static CifarBatch Python(byte[] file, string path)
    {
        var batch = PickleReader.Read(file, path) as Dictionary<object, object?> ?? [];
        if (batch.GetValueOrDefault("data") is not PickledArray { Shape: [var count, Image] } data
            || Numbers(batch.GetValueOrDefault("labels")) is not { } labels || labels.Count != count || !labels.All(label => label is >= 0L and < 256L))
        {
            throw new DataUnavailableException($"{path}: the pickle holds no batch; expected 'data', uint8 [N, {Image}], and 'labels', N whole numbers. {WayOut}");
        }

        return new([.. labels.Select(label => (byte)(long)label!)], data.Bytes, 0, Image);
    }

    private static List<object?>? Numbers(object? labels) => labels is PickledArray { Shape.Count: 1 } array
        ? [.. array.Bytes.Select(label => (object?)(long)label)]
        : labels as List<object?>;
}
