using System.Globalization;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Processes that another one has started, from <c>/proc</c>.</summary>
internal static class Children
{
    /// <summary>Their ids.</summary>
    internal static List<int> Of(int parent) => [.. Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && Parent(id) == parent)];

    /// <summary>A variable of the environment that a process was started with; null without it, or if the process is gone.</summary>
    internal static string? Variable(int process, string name) =>
        Read(process, "environ")?.Split('\0').FirstOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    // The fields behind the name, which stands in brackets, are the state and the parent.
    private static int Parent(int process) =>
        Read(process, "stat") is { } stat ? int.Parse(stat.Split(')')[^1].Split(' ')[2], CultureInfo.InvariantCulture) : 0;

    private static string? Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
