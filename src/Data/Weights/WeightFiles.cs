using System.Security.Cryptography;
using System.Text;
using Dfx.Data.Packing;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Weights;

/// <summary>Copies published weights into the data folder.</summary>
internal static class WeightFiles
{
    private const int Piece = 1 << 20;

    /// <summary>Copies a file to weights/ID.pth, at once or not at all.</summary>
    /// <param name="weights">What it should be.</param>
    /// <param name="path">The user's file.</param>
    /// <param name="root">The data folder.</param>
    /// <param name="any">Whether another content is accepted; its hash is then what later labels tell.</param>
    /// <param name="watch">Told of the progress.</param>
    /// <param name="cancellation">Stops the copying.</param>
    /// <returns>The SHA-256 of what was copied.</returns>
    /// <exception cref="DataUnavailableException">The file is missing, or another one.</exception>
    /// <exception cref="IOException">The data folder cannot be written.</exception>
    public static string Add(PublishedWeights weights, string path, string root, bool any, Action<PackStep> watch, CancellationToken cancellation)
    {
        using var source = OpenUser(path);
        if (!any && weights.Length is { } expected && source.Length != expected)
        {
            throw Wrong(weights, path, $"{source.Length} bytes", $"{expected}");
        }

        using var scratch = Scratch.In(root);
        var copy = scratch.File("weights");
        FreeSpace.Require(copy, source.Length);
        var hash = Copy(source, copy, watch, cancellation);
        if (!any && weights.Sha256 is { } published && hash != published)
        {
            throw Wrong(weights, path, $"SHA-256 {hash}", published);
        }

        var target = DataFolder.Weights(root, weights.Id);
        AtomicFile.Write(scratch.File("hash"), stream => stream.Write(Encoding.ASCII.GetBytes(hash)));
        Scratch.Publish(scratch.File("hash"), Recorded(target));
        Scratch.Publish(copy, target);
        return hash;
    }

    /// <summary>Compares added weights with the hash that was recorded when they came in.</summary>
    /// <exception cref="DataUnavailableException">They are no longer what they were.</exception>
    public static void Verify(PublishedWeights weights, string root)
    {
        var path = DataFolder.Weights(root, weights.Id);
        var expected = File.Exists(Recorded(path)) ? File.ReadAllText(RegularFile.Checked(Recorded(path))) : weights.Sha256;
        if (expected is not null && Hash(path) is var found && found != expected)
        {
            throw new DataUnavailableException($"{path}: its SHA-256 is {found}; expected {expected}. The file is damaged: add it again.");
        }
    }

    /// <summary>The SHA-256 of a file.</summary>
    public static string Hash(string path)
    {
        using var file = File.OpenRead(RegularFile.Checked(path));
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>The SHA-256 of added weights: what was recorded when they came in, and of files that were put there by hand, what they have.</summary>
    public static string Known(string path) => File.Exists(Recorded(path)) ? File.ReadAllText(RegularFile.Checked(Recorded(path))).Trim() : Hash(path);

    private static string Recorded(string path) => $"{path}.sha256";

    private static FileStream OpenUser(string path)
    {
        try
        {
            return new(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.Read, Piece, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataUnavailableException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    // What is hashed is what was written, not what another read of the source might give.
    private static string Copy(FileStream source, string target, Action<PackStep> watch, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        var buffer = new byte[Piece];
        for (var done = 0L; source.Read(buffer) is > 0 and var read;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            FileLimit.Guard(target, () => stream.Write(buffer, 0, read));
            watch(new("copying", done += read, source.Length));
        }

        stream.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static DataUnavailableException Wrong(PublishedWeights weights, string path, string found, string expected) => new(
        $"{path}: {found}; expected {expected}, {weights.File} of {weights.Publisher}. Get that file, or add this one with --any if you know what it is.");
}
