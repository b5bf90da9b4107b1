using System.Globalization;
using Dfx.Data.Archives;
using Dfx.Data.Packing;
using Dfx.Sdk;

namespace Dfx.Data.Cifar;

/// <summary>CIFAR-10 as it is published: the binary or the python archive, unpacked or not.</summary>
internal sealed class CifarSource : IPixelSource
{
    /// <summary>The classes in the order of the labels.</summary>
    public static readonly IReadOnlyList<string> ClassNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private const int PerBatch = 10_000;
    private static readonly string[] s_train = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"];
    private static readonly string[] s_test = ["test_batch"];

    private readonly Dictionary<string, CifarBatch> _batches;

    /// <param name="files">The archive; closed here, since everything is read at once.</param>
    /// <param name="anyCount">Whether batches may have any number of images.</param>
    /// <exception cref="DataUnavailableException">A batch is missing, damaged or of another size.</exception>
    public CifarSource(ISourceFiles files, bool anyCount)
    {
        using (files)
        {
            _batches = s_train.Concat(s_test).ToDictionary(name => name, name => Batch(files, name, anyCount));
        }

        Items = [.. s_train.SelectMany(name => Of(name, Split.Train)), .. s_test.SelectMany(name => Of(name, Split.Test))];
    }

    public DataShape Shape { get; } = new(3, 32, 32);

    public IReadOnlyList<string> Classes => ClassNames;

    public IReadOnlyList<PackItem> Items { get; }

    /// <summary>Whether a file of the archive is a batch.</summary>
    public static bool Wanted(string name) => s_train.Concat(s_test).Contains(Stem(name));

    public void Read(PackItem item, Workspace workspace, Span<byte> pixels)
    {
        var colon = item.Name.IndexOf(':', StringComparison.Ordinal);
        var index = int.Parse(item.Name.AsSpan(colon + 1), CultureInfo.InvariantCulture);
        _batches[item.Name[..colon]].Pixels(index).CopyTo(pixels);
    }

    public void Dispose()
    {
        // Managed memory only.
    }

    private static CifarBatch Batch(ISourceFiles files, string name, bool anyCount)
    {
        var file = files.Names.FirstOrDefault(found => Stem(found) == name)
            ?? throw new DataUnavailableException($"{files.Origin}: no {name} or {name}.bin; "
                + "expected cifar-10-binary.tar.gz or cifar-10-python.tar.gz, or the folder in it.");
        var memory = Array.Empty<byte>();
        var batch = CifarBatch.Read(files.Read(file, ref memory).ToArray(), $"{files.Origin}: {file}");
        return anyCount || batch.Labels.Length == PerBatch
            ? batch
            : throw new DataUnavailableException($"{files.Origin}: {file} has {batch.Labels.Length} images; expected {PerBatch}. "
                + "Get the whole dataset, or add it with --any if this is what you want.");
    }

    private static string Stem(string name) => Path.GetExtension(name) is "" or ".bin" ? Path.GetFileNameWithoutExtension(name) : "";

    private IEnumerable<PackItem> Of(string batch, Split split) =>
        _batches[batch].Labels.Select((label, i) => new PackItem(string.Create(CultureInfo.InvariantCulture, $"{batch}:{i}"), split, label));
}
