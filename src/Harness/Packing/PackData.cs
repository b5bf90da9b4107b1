using Dfx.Data;
using Dfx.Data.FashionMnist;
using Dfx.Harness.Commands.Data;
using Dfx.Sdk;

namespace Dfx.Harness.Packing;

/// <summary>The files of datasets and weights, laid out as a data folder.</summary>
internal static class PackData
{
    private const string Target = "data";

    /// <param name="id">What <c>dfx data list</c> names it.</param>
    /// <param name="root">This machine's data folder.</param>
    /// <exception cref="UsageException">There is no such id, or it is not on this machine.</exception>
    internal static IEnumerable<PackEntry> Of(string id, string root)
    {
        if (id == KnownData.FashionMnist)
        {
            return FashionMnist(root);
        }

        if (KnownData.Recipe(id, new())?.Name is { } name && File.Exists(DataFolder.Pack(root, name)))
        {
            return [new($"{Target}/{name}.safetensors", DataFolder.Pack(root, name))];
        }

        if (DataListing.Named(root).FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == id) is { } named)
        {
            return [new($"{Target}/{id}.safetensors", named)];
        }

        if (KnownData.Weights(id) is not null && AddedWeights.Path(id) is { } weights)
        {
            return [new($"{Target}/weights/{id}.pth", weights)];
        }

        throw KnownData.IsKnown(id) ? new($"--data {id}: it is not on this machine; ./dfx data list says how to get it") : KnownData.Unknown(id);
    }

    private static IEnumerable<PackEntry> FashionMnist(string root)
    {
        try
        {
            _ = new FashionMnistDataset(new()).Fingerprint(new(null, CacheFolder.Of("data")));
        }
        catch (DataUnavailableException e)
        {
            throw new UsageException($"--data {KnownData.FashionMnist}: {e.Message}", e);
        }

        return FashionMnistFiles.Present(root).Select(path => new PackEntry($"{Target}/{FashionMnistFiles.FolderName}/{Path.GetFileName(path)}", path));
    }
}
