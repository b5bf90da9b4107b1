using System.Buffers.Binary;
using System.Text;
using Dfx.Data.Recipes;
using Dfx.Numerics.Files;
using Dfx.Sdk;
using Microsoft.Win32.SafeHandles;

namespace Dfx.Data.Packing;

/// <summary>Decodes a dataset once, into a safetensors file: uint8 [N, C, H, W], labels, classes, and a hash of it all.</summary>
/// <param name="threads">How many images are decoded at once. The file's bytes do not depend on it.</param>
/// <param name="watch">Told of the progress.</param>
/// <param name="cancellation">Stops the work; whoever asked removes the file.</param>
internal sealed class Packer(int threads, Action<PackStep> watch, CancellationToken cancellation)
{
    /// <summary>Writes a file. It is whole when this returns, and of no use if this throws.</summary>
    /// <exception cref="DataUnavailableException">Images cannot be used, or too few are there.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public PackFacts Write(string path, string origin, Recipe recipe, IPixelSource source) => FileLimit.Guard(path, () => Written(path, origin, recipe, source));

    private PackFacts Written(string path, string origin, Recipe recipe, IPixelSource source)
    {
        var (train, test) = (Part(source, Split.Train), Part(source, Split.Test));
        var facts = new PackFacts(recipe.Id, recipe.Facts, source.Shape, source.Classes, train.Count, test.Count);
        var header = SafetensorsWriter.Header(facts.Layouts(), facts.Metadata(PackHash.Placeholder));
        var size = header.Length + facts.Layouts().Sum(pair => pair.Value.ByteLength);
        FreeSpace.Require(path, size);
        using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 0))
        {
            stream.Write(header);
            stream.SetLength(size);
            using (var places = SafetensorsFile.Open(path))
            {
                long Place(string name) => header.Length + places.Entry(name).Begin;
                WriteLabels(stream.SafeFileHandle, Place, [(Split.Train, train), (Split.Test, test)], facts);
                var starts = (Train: Place(PackFacts.Names(Split.Train).Images), Test: Place(PackFacts.Names(Split.Test).Images));
                var each = source.Shape.Elements;
                WriteImages(stream.SafeFileHandle, source, [.. train, .. test], origin, i => i < train.Count
                    ? starts.Train + (i * each)
                    : starts.Test + ((i - train.Count) * each));
            }

            Seal(stream, path, header);
        }

        return facts;
    }

    private static List<PackItem> Part(IPixelSource source, Split split) => [.. source.Items.Where(item => item.Split == split)];

    private static void WriteLabels(SafeFileHandle file, Func<string, long> place, (Split Split, List<PackItem> Items)[] parts, PackFacts facts)
    {
        foreach (var (split, items) in facts.Classes.Count > 0 ? parts : [])
        {
            var bytes = new byte[items.Count * sizeof(long)];
            for (var i = 0; i < items.Count; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), items[i].Label);
            }

            RandomAccess.Write(file, bytes, place(PackFacts.Names(split).Labels));
        }
    }

    // Every image has its place, so that the order in which they are finished does not matter.
    private void WriteImages(SafeFileHandle file, IPixelSource source, List<PackItem> items, string origin, Func<int, long> place)
    {
        var (each, bad, done) = (source.Shape.Elements, new BadImages(), 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, items.Count, options, () => (Work: new Workspace(), Pixels: new byte[each]), (i, state, own) =>
        {
            try
            {
                source.Read(items[i], own.Work, own.Pixels);
                RandomAccess.Write(file, own.Pixels, place(i));
            }
            catch (InvalidDataException error)
            {
                bad.Add(items[i].Name, error.Message);
            }

            watch(new("packing", Interlocked.Increment(ref done), items.Count));
            if (bad.Full)
            {
                state.Stop();
            }

            return own;
        }, _ => { });
        bad.Refuse(origin);
    }

    private void Seal(FileStream stream, string path, byte[] header)
    {
        var at = PackHash.Find(header, PackHash.Placeholder);
        var hash = PackHash.Of(path, header, (done, total) => watch(new("hashing", done, total)), cancellation);
        stream.Position = at;
        stream.Write(Encoding.ASCII.GetBytes(hash));
        stream.Flush(flushToDisk: true);
    }
}
