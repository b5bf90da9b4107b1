using System.IO.Compression;

namespace Dfx.Data.Tests;

/// <summary>IDX files made by hand.</summary>
internal static class IdxSamples
{
    /// <summary>Two 3x2 images: the bytes 0 to 11.</summary>
    public static readonly byte[] Small = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    public static byte[] Gzip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return result.ToArray();
    }
}
