using Dfx.Numerics.Files;

namespace Dfx.Harness.Packing;

/// <summary>One file of a pack.</summary>
/// <param name="Name">Its path in the archive, with slashes.</param>
/// <param name="Source">The file that it is a copy of; null if its content is given.</param>
/// <param name="Content">Its content; null if it is a copy.</param>
/// <param name="Executable">Whether it is a program.</param>
internal sealed record PackEntry(string Name, string? Source, byte[]? Content = null, bool Executable = false)
{
    internal long Length => Content?.LongLength ?? new FileInfo(Source!).Length;

    internal Stream Open() => Content is null ? File.OpenRead(RegularFile.Checked(Source!)) : new MemoryStream(Content, writable: false);

    /// <summary>Every file below a folder that is wanted.</summary>
    internal static IEnumerable<PackEntry> Below(string folder, string target, Func<string, bool>? wanted = null) =>
        from path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : []
        where wanted?.Invoke(path) ?? true
        select new PackEntry($"{target}/{Path.GetRelativePath(folder, path)}", path);
}
