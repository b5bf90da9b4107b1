namespace Dfx.Data;

/// <summary>
/// The folder of what was fetched, added or packed: <c>DFX_DATA</c>, else the folder that the host offers (<c>data</c> in its cache).
/// It holds <c>ID.safetensors</c> for every packed dataset, <c>packed/</c> for datasets that a matrix names by their path,
/// <c>weights/ID.pth</c> for published networks, and <c>fashion-mnist/</c> where Debian's package cannot be had.
/// </summary>
public static class DataFolder
{
    /// <summary>The folder, which need not exist.</summary>
    /// <param name="offered">The host's folder.</param>
    public static string Root(string offered)
    {
        ArgumentNullException.ThrowIfNull(offered);
        return Environment.GetEnvironmentVariable("DFX_DATA") is { Length: > 0 } chosen ? Path.GetFullPath(chosen) : offered;
    }

    /// <summary>Where a dataset's packed file lies.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="name">The dataset's id, or its id and a name.</param>
    public static string Pack(string root, string name) => Path.Combine(root, $"{name}.safetensors");

    /// <summary>Where a dataset that was named by its path is packed to.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="key">A hash of what it was made of.</param>
    public static string PackOfPath(string root, string key) => Path.Combine(root, "packed", $"{key}.safetensors");

    /// <summary>Where weights that the user added lie.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="id">Their id, such as <c>inception</c>.</param>
    public static string Weights(string root, string id) => Path.Combine(root, "weights", $"{id}.pth");
}
