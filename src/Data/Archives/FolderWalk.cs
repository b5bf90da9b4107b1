using System.IO.Enumeration;
using Dfx.Numerics.Files;

namespace Dfx.Data.Archives;

/// <summary>
/// Lists the regular files below a folder, and what is passed over: hidden names, named pipes and devices, folders that lie too deep, folders that may not be
/// read.
/// </summary>
internal sealed class FolderWalk
{
    private const int MaxDepth = 16;
    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<string> _names = [];
    private readonly List<string> _hidden = [];
    private readonly List<string> _others = [];
    private readonly List<string> _deep = [];
    private readonly List<string> _closed = [];

    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public FolderWalk(string root)
    {
        Take(root, "", 0);
        foreach (var names in new[] { _names, _hidden, _others, _deep, _closed })
        {
            names.Sort(StringComparer.Ordinal);
        }
    }

    /// <summary>The files' paths below the folder, with '/' between folders, sorted by their characters' codes.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>What is passed over.</summary>
    public IReadOnlyList<LeftOut> LeftOut =>
    [
        .. EntryName.HiddenItems(_hidden),
        .. Items(_others, "item", "named pipes, sockets and devices: only regular files are read"),
        .. Items(_deep, "folder", $"more than {MaxDepth} folders deep"),
        .. Items(_closed, "folder", "may not be read"),
    ];

    private static IEnumerable<LeftOut> Items(List<string> names, string what, string why) =>
        names.Count == 0 ? [] : [new(names.Count, what, Archives.LeftOut.Few(names), why)];

    private static FileSystemEnumerable<Entry> Entries(string folder) =>
        new(folder, (ref FileSystemEntry entry) => new(entry.FileName.ToString(), entry.IsDirectory, entry.IsHidden || EntryName.IsIcon(entry.FileName)), s_all);

    private void Take(string folder, string prefix, int depth)
    {
        foreach (var entry in Entries(folder))
        {
            var name = prefix + entry.Name;
            if (entry.IsHidden)
            {
                _hidden.Add(name);
            }
            else if (!entry.IsFolder)
            {
                (RegularFile.Other(Path.Combine(folder, entry.Name)) is null ? _names : _others).Add(name);
            }
            else if (depth == MaxDepth)
            {
                _deep.Add(name);
            }
            else
            {
                TakeFolder(Path.Combine(folder, entry.Name), name, depth + 1);
            }
        }
    }

    private void TakeFolder(string folder, string name, int depth)
    {
        try
        {
            Take(folder, name + "/", depth);
        }
        catch (UnauthorizedAccessException)
        {
            _closed.Add(name);
        }
    }

    private readonly record struct Entry(string Name, bool IsFolder, bool IsHidden);
}
