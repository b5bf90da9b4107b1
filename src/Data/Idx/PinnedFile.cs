using System.Security.Cryptography;
using Dfx.Sdk;

namespace Dfx.Data.Idx;

/// <summary>A published IDX file, known by its content.</summary>
/// <param name="Name">Its name without <c>.gz</c>.</param>
/// <param name="Sha256">The SHA-256 of its unpacked content.</param>
/// <param name="Length">Bytes of the unpacked content.</param>
internal sealed record PinnedFile(string Name, string Sha256, long Length)
{
    /// <summary>Refuses any other content.</summary>
    /// <exception cref="DataUnavailableException">The hash differs; the message has both.</exception>
    public void Check(ReadOnlySpan<byte> content, string path)
    {
        var found = Hash(content);
        if (found != Sha256)
        {
            throw new DataUnavailableException($"{path}: the content's SHA-256 is {found}; expected {Sha256}. The file is damaged or another one; get it again.");
        }
    }

    /// <summary>The SHA-256 as 64 hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
