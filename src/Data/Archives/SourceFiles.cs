using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Archives;

/// <summary>Opens what a user named: a folder, a zip archive, or a tar archive.</summary>
internal static class SourceFiles
{
    private const int StartLength = 512;

    /// <summary>Opens the files.</summary>
    /// <param name="path">A folder or an archive; what an archive is, its first bytes say.</param>
    /// <param name="scratch">An empty folder that a tar archive is unpacked to.</param>
    /// <param name="wanted">Which files of a tar archive are unpacked.</param>
    /// <param name="cancellation">Stops the unpacking.</param>
    /// <exception cref="DataUnavailableException">It is missing, unreadable, damaged or hostile.</exception>
    public static ISourceFiles Open(string path, string scratch, Func<string, bool> wanted, CancellationToken cancellation = default)
    {
        if (Directory.Exists(path))
        {
            return new FolderFiles(path);
        }

        var start = Start(path);
        if (start is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..])
        {
            return ZipFiles.Open(new FileStream(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.Read), path);
        }

        if (!TarUnpacking.Is(start))
        {
            var bytes = Convert.ToHexString(start[..Math.Min(4, start.Length)]);
            throw new DataUnavailableException($"{path}: starts with the bytes {bytes}; expected a folder, or a zip, tar or tar.gz archive.");
        }

        TarUnpacking.Unpack(path, scratch, wanted, cancellation);
        return new FolderFiles(scratch, path);
    }

    private static byte[] Start(string path)
    {
        try
        {
            using var file = File.OpenRead(RegularFile.Checked(path));
            var start = new byte[StartLength];
            return start[..file.ReadAtLeast(start, StartLength, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataUnavailableException($"{path}: cannot be read: {error.Message} Expected a folder or an archive.", error);
        }
    }
}
