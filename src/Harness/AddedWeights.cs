using Dfx.Data;
using Dfx.Data.Weights;

namespace Dfx.Harness;

/// <summary>Weights of metrics' networks that the user added to this machine.</summary>
internal static class AddedWeights
{
    /// <summary>
    /// The path of the weights with an id, or null where there are none: <c>DFX_INCEPTION</c> for <c>inception</c>, else
    /// <c>weights/ID.pth</c> in the data folder, which is <c>DFX_DATA</c> or <c>data</c> in the cache folder.
    /// </summary>
    internal static string? Path(string id) => Path(id, Environment.GetEnvironmentVariable, () => CacheFolder.Of("data"));

    /// <summary>The SHA-256 of weights, as it was recorded when they were added; computed where nothing was. Who uses them for a result computes it.</summary>
    internal static string Hash(string path) => WeightFiles.Known(path);

    /// <summary>The same with the environment and the cache's data folder given.</summary>
    internal static string? Path(string id, Func<string, string?> environment, Func<string> cached)
    {
        // What the user named is handed on even if it is not there: whoever opens it tells them so.
        if (id == "inception" && environment("DFX_INCEPTION") is { Length: > 0 } named)
        {
            return named;
        }

        var folder = environment("DFX_DATA") is { Length: > 0 } data ? data : cached();
        var path = DataFolder.Weights(folder, id);
        return File.Exists(path) ? path : null;
    }
}
