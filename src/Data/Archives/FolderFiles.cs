using Dfx.Sdk;

namespace Dfx.Data.Archives;

/// <summary>The files below a folder; hidden ones and those in hidden folders are left out.</summary>
/// <param name="root">The folder.</param>
/// <param name="origin">What to call it in errors, if it was unpacked from something else.</param>
internal sealed class FolderFiles(string root, string? origin = null) : ISourceFiles
{
    private const int MaxDepth = 16;

    public string Origin { get; } = origin ?? root;

    public IReadOnlyList<string> Names { get; } = [.. Find(root).Order(StringComparer.Ordinal)];

    public ReadOnlySpan<byte> Read(string name, ref byte[] memory)
    {
        using var file = File.OpenHandle(Path.Combine(root, name), options: FileOptions.SequentialScan);
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

    private static IEnumerable<string> Find(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MaxDepth, AttributesToSkip = FileAttributes.Hidden };
        try
        {
            return [.. Directory.EnumerateFiles(root, "*", options).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataUnavailableException($"{root}: cannot be read: {error.Message}", error);
        }
    }
}
