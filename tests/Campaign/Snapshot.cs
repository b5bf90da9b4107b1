using System.Security.Cryptography;
using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>What a results folder says, without what differs from run to run: times, and memory.</summary>
/// <param name="Files">Each file's text, or the hash of its bytes.</param>
internal sealed record Snapshot(IReadOnlyDictionary<string, string> Files)
{
    // Tables with columns of times; every other table is the same bytes.
    private static readonly string[] s_timed = ["cells.csv", "leaderboard.csv"];

    private static readonly string[] s_artifacts = ["grid.png", "restored.png", "table.csv", "sheet-*.png", "samples.npz", "features.npz"];

    internal static Snapshot Of(string results)
    {
        var files = s_timed.ToDictionary(name => name, name => Csv.WithoutTimes(Path.Combine(results, name)));
        foreach (var path in Directory.EnumerateFiles(results, "claims.csv").Concat(Below(results, "tables", "*.csv")).Concat(s_artifacts.SelectMany(name => Below(results, "artifacts", name))))
        {
            files[Path.GetRelativePath(results, path)] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        }

        return new(files);
    }

    /// <summary>The same without kept pictures, samples and features, which stay as they are, damaged or not, as long as no job needs them.</summary>
    internal Snapshot Tables => new(Files.Where(file => Path.GetExtension(file.Key) is not (".png" or ".npz")).ToDictionary());

    /// <summary>Where another one differs, in words; null if it does not.</summary>
    internal string? Difference(Snapshot other)
    {
        foreach (var name in Files.Keys.Union(other.Files.Keys).Order(StringComparer.Ordinal))
        {
            var (mine, its) = (Files.GetValueOrDefault(name, "no such file"), other.Files.GetValueOrDefault(name, "no such file"));
            if (mine != its)
            {
                var (a, b) = (mine.Split('\n'), its.Split('\n'));
                var line = Enumerable.Range(0, Math.Max(a.Length, b.Length)).First(i => a.ElementAtOrDefault(i) != b.ElementAtOrDefault(i));
                return $"{name}, line {line}:\n  undisturbed: {a.ElementAtOrDefault(line)}\n  disturbed:   {b.ElementAtOrDefault(line)}";
            }
        }

        return null;
    }

    /// <summary>Records of before that are gone or changed.</summary>
    internal static IReadOnlyList<string> Gone(IReadOnlyDictionary<string, string> before, string results)
    {
        var now = Desk.FinishedRecords(results);
        return [.. before.Where(record => now.GetValueOrDefault(record.Key) != record.Value).Select(record => $"a finished record was lost or written again: {record.Key}")];
    }

    private static IEnumerable<string> Below(string results, string folder, string pattern) =>
        Directory.Exists(Path.Combine(results, folder)) ? Directory.EnumerateFiles(Path.Combine(results, folder), pattern, SearchOption.AllDirectories) : [];
}
