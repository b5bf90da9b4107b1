namespace Dfx.Numerics.Files;

/// <summary>Writes a file so that its path holds either the old content or all of the new, also when the process dies.</summary>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;
    private const int PieceSize = 1 << 20;

    /// <summary>Copies a file: the target holds all of it or what it held before, and one that is a link is replaced.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">The copy; its folder must exist.</param>
    /// <param name="cancellation">Asks to stop: the target is untouched then.</param>
    /// <inheritdoc cref="Write" path="/exception"/>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    public static void Copy(string source, string target, CancellationToken cancellation = default) => Write(target, stream =>
    {
        using var from = File.OpenRead(RegularFile.Checked(source));
        var buffer = new byte[PieceSize];
        while (from.Read(buffer) is > 0 and var read)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Write(buffer, 0, read);
        }
    });

    /// <summary>Writes beside the target, flushes to disk, then renames over it. On an error the target is untouched.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="IOException">The folder is missing or full, or the rename is refused.</exception>
    public static void Write(string path, Action<FileStream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, Leftovers.Draft(Path.GetFileName(full)));
        try
        {
            FileLimit.Guard(full, () =>
            {
                using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize);
                write(stream);
                stream.Flush(flushToDisk: true);
            });
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
