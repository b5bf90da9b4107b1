using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Dfx.Harness.Tests.Damage;

/// <summary>What disks, copies and people do to a file.</summary>
internal static class Damages
{
    private const string Placeholder = "PLACEHOLDER";

    private static readonly string[] s_extremes = ["1e308", "-1e308", "5e-324", "-0", "1e999", "-1", "99999999999999999999", "9223372036854775807", "null", "{}", "[null]", "\"\"", "0.5"];

    /// <summary>A file's bytes with one thing wrong. JSON files may also lack a property, or have null or an extreme number in it.</summary>
    internal static byte[] Of(byte[] whole, bool isJson, Random random) => random.Next(isJson ? 7 : 5) switch
    {
        0 or 1 => Flipped(whole, random),
        2 => whole[..random.Next(whole.Length)],
        3 => Lines(whole, lines => Swap(lines, random.Next(lines.Count), random.Next(lines.Count))),
        4 => Lines(whole, lines => lines.RemoveAt(random.Next(lines.Count))),
        _ => Property(whole, random),
    };

    private static byte[] Flipped(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static void Swap(List<string> lines, int a, int b) => (lines[a], lines[b]) = (lines[b], lines[a]);

    private static byte[] Lines(byte[] whole, Action<List<string>> change)
    {
        var lines = Encoding.UTF8.GetString(whole).Split('\n').ToList();
        change(lines);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    /// <summary>Takes a random property or item away, or puts something else in its place.</summary>
    private static byte[] Property(byte[] whole, Random random)
    {
        var root = JsonNode.Parse(whole)!;
        List<Action> changes = [];
        Collect(root, changes, random);
        changes[random.Next(changes.Count)]();
        return Encoding.UTF8.GetBytes(root.ToJsonString(new() { WriteIndented = true, NewLine = "\n" }).Replace($"\"{Placeholder}\"", s_extremes[random.Next(s_extremes.Length)], StringComparison.Ordinal));
    }

    private static void Collect(JsonNode node, List<Action> changes, Random random)
    {
        if (node is JsonObject map)
        {
            foreach (var (name, child) in map.ToList())
            {
                changes.Add(random.Next(3) == 0 ? () => map.Remove(name) : () => map[name] = JsonValue.Create(Placeholder));
                Collect(child!, changes, random);
            }
        }
        else if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                var place = i;
                changes.Add(random.Next(3) == 0 ? () => list.RemoveAt(place) : () => list[place] = JsonValue.Create(Placeholder));
                Collect(list[i]!, changes, random);
            }
        }
    }

    /// <summary>Which damage a seed is, for the message of a test.</summary>
    internal static string Words(string path, byte[] damaged, int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}, damage {seed}:\n{Encoding.UTF8.GetString(damaged)}");
}
