using System.Globalization;

namespace Dfx.Harness.Execution.Host;

/// <summary>A process of the machine, from <c>/proc/ID/stat</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">That of its parent.</param>
/// <param name="Session">That of its session.</param>
/// <param name="Started">When it started, in ticks since the machine did: with the id it is one process for good.</param>
internal sealed record ProcessEntry(int Id, int Parent, int Session, long Started);

/// <summary>The processes of the machine.</summary>
internal static class ProcessTable
{
    /// <summary>All that are there.</summary>
    internal static List<ProcessEntry> All() => [.. Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Of(id) : null)
        .OfType<ProcessEntry>()];

    /// <summary>One of them; null if it is gone.</summary>
    internal static ProcessEntry? Of(int id) => Read(id, "stat") is { } stat ? Parse(id, stat) : null;

    /// <summary>The members of a list that some of them started, at any distance, and these.</summary>
    internal static HashSet<int> Tree(IReadOnlyList<ProcessEntry> all, IEnumerable<int> roots)
    {
        HashSet<int> tree = [.. roots];
        for (var before = -1; before < tree.Count;)
        {
            before = tree.Count;
            tree.UnionWith(all.Where(entry => tree.Contains(entry.Parent)).Select(entry => entry.Id));
        }

        return tree;
    }

    /// <summary>The value of a variable that a process was started with; null without it, or if nobody may know.</summary>
    internal static string? Variable(int id, string name) => Read(id, "environ")?.Split('\0')
        .FirstOrDefault(pair => pair.StartsWith(name, StringComparison.Ordinal) && pair.Length > name.Length && pair[name.Length] == '=')?[(name.Length + 1)..];

    /// <summary>A file of a process; null if it is gone, or is somebody else's.</summary>
    internal static string? Read(int id, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The name stands in brackets and may hold any character; the fields behind it are counted from the third of proc_pid_stat(5).
    internal static ProcessEntry? Parse(int id, string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19 ? new(id, (int)Number(fields[1]), (int)Number(fields[3]), Number(fields[19])) : null;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
