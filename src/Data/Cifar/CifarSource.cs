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
            var taken = Chosen(files);
            _batches = taken.ToDictionary(batch => batch.Key, batch => Batch(files, batch.Value, anyCount));
            Reading = new("as published", Others(files, taken));
        }

        Items = [.. s_train.SelectMany(name => Of(name, Split.Train)), .. s_test.SelectMany(name => Of(name, Split.Test))];
    }

    public DataShape Shape { get; } = new(3, 32, 32);

    public IReadOnlyList<string> Classes => ClassNames;

    public IReadOnlyList<PackItem> Items { get; }

    public Reading Reading { get; }

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

    // Batches of two copies must not become one dataset: all are taken from one folder, and of one format.
    private static Dictionary<string, string> Chosen(ISourceFiles files)
    {
        string[] names = [.. s_train, .. s_test];
        var found = files.Names.Where(Wanted).ToList();
        var whole = found.GroupBy(file => (Path.GetDirectoryName(file), Path.GetExtension(file))).FirstOrDefault(copy => copy.Count() == names.Length);
        return names.ToDictionary(name => name, name => (whole ?? found.AsEnumerable()).Where(file => Stem(file) == name).ToList() switch
        {
            [var file] => file,
            [] => throw new DataUnavailableException($"{files.Origin}: no {name} or {name}.bin; expected cifar-10-binary.tar.gz or cifar-10-python.tar.gz, or the folder in it."),
            [var one, var other, ..] => throw new DataUnavailableException($"{files.Origin}: {one} and {other}, and no folder with all six batches; expected one copy of the dataset."),
        });
    }

    private static LeftOut[] Others(ISourceFiles files, Dictionary<string, string> taken)
    {
        string[] others = [.. files.Names.Where(file => Wanted(file) && !taken.ContainsValue(file))];
        return others.Length == 0 ? [] : [new(others.Length, "file", LeftOut.Few(others), "another copy of the batches")];
    }

    private static CifarBatch Batch(ISourceFiles files, string file, bool anyCount)
    {
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
