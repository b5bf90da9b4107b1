using Dfx.Data;
using Dfx.Data.Packing;
using Dfx.Numerics.Files;

namespace Dfx.Harness;

/// <summary>What is kept across runs, in the cache and in the data folder, after processes that were killed: what they had not finished has no use.</summary>
internal static class KeptFolders
{
    private const string Data = "data";

    // Whoever makes DFX_CACHE a folder with other things in it has these looked through, and nothing else.
    private static readonly string[] s_cached = ["metrics", "training", Data];
    private static readonly string[] s_data = ["packed", "weights"];

    /// <summary>A folder of the cache for what is thrown away at the end of a command.</summary>
    internal static string Work(string cache) => Path.Combine(cache, "work");

    /// <summary>Removes unfinished files of processes that are gone. Those of others that are at work are locked by them, and stay.</summary>
    internal static void Sweep(string cache)
    {
        var data = DataFolder.Root(Path.Combine(cache, Data));
        foreach (var name in s_cached)
        {
            Leftovers.Sweep(Path.Combine(cache, name), below: true);
        }

        foreach (var name in s_data)
        {
            Leftovers.Sweep(Path.Combine(data, name));
        }

        foreach (var folder in (string[])[data, Work(cache)])
        {
            Scratch.Sweep(folder);
        }
    }
}
