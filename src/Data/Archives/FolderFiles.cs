using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Archives;

/// <summary>The files below a folder; hidden ones and those in hidden folders are left out.</summary>
internal sealed class FolderFiles : ISourceFiles
{
    private readonly string _root;

    /// <param name="root">The folder.</param>
    /// <param name="origin">What to call it in errors, if it was unpacked from something else.</param>
    /// <exception cref="DataUnavailableException">It cannot be read.</exception>
    public FolderFiles(string root, string? origin = null)
    {
        (_root, Origin) = (root, origin ?? root);
        try
        {
            var walk = new FolderWalk(root);
            (Names, LeftOut) = (walk.Names, walk.LeftOut);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataUnavailableException($"{root}: cannot be read: {error.Message}", error);
        }
    }

    public string Origin { get; }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<LeftOut> LeftOut { get; }

    public ReadOnlySpan<byte> Read(string name, ref byte[] memory)
    {
        using var file = File.OpenHandle(RegularFile.Checked(Path.Combine(_root, name)), options: FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(file);
        if (length > Limits.FileBytes)
        {
            throw new InvalidDataException($"{length} bytes; expected at most {Limits.FileBytes}");
        }

        memory = memory.Length < length ? new byte[length] : memory;
        var read = 0;
        while (read < length && RandomAccess.Read(file, memory.AsSpan(read, (int)length - read), read) is > 0 and var count)
        {
            read += count;
        }

        return memory.AsSpan(0, read);
    }

    public void Dispose()
    {
        // Nothing is open between reads.
    }
}
