using System.Security.Cryptography;
using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Data.Packing;

/// <summary>
/// The SHA-256 that a packed file records of itself: of all its bytes, with 64 zeros where the hash stands. So it covers the header too, and
/// any single byte that changes is found.
/// </summary>
internal static class PackHash
{
    /// <summary>What stands in the file while it is written.</summary>
    public static readonly string Placeholder = new('0', SHA256.HashSizeInBytes * 2);

    private const int Piece = 1 << 20;

    /// <summary>Hashes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">The file's first bytes, at least up to the hash, with zeros in its place.</param>
    /// <param name="progress">Told how many bytes of the file are done.</param>
    /// <param name="cancellation">Stops between two pieces.</param>
    public static string Of(string path, ReadOnlySpan<byte> start, Action<long, long>? progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(start);
        using var file = File.OpenHandle(RegularFile.Checked(path), options: FileOptions.SequentialScan);
        var (buffer, length) = (new byte[Piece], RandomAccess.GetLength(file));
        long offset = start.Length;
        while (RandomAccess.Read(file, buffer, offset) is > 0 and var read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            offset += read;
            progress?.Invoke(offset, length);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Where a hash stands in a header; negative if it does not.</summary>
    public static int Find(ReadOnlySpan<byte> header, string hash)
    {
        var before = $"\"{PackFacts.HashKey}\":\"";
        var at = header.LastIndexOf(Encoding.UTF8.GetBytes($"{before}{hash}\""));
        return hash.Length == Placeholder.Length && at >= 0 ? at + before.Length : -1;
    }
}
