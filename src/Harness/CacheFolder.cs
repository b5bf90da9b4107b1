namespace Dfx.Harness;

/// <summary>Where what is kept across runs and matrices lies: <c>DFX_CACHE</c>, else the user's local data. Everything in it can be made anew.</summary>
internal static class CacheFolder
{
    /// <summary>The folder, which exists.</summary>
    /// <exception cref="UsageException">It cannot be made.</exception>
    internal static string Root()
    {
        var chosen = Environment.GetEnvironmentVariable("DFX_CACHE");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var folder = string.IsNullOrEmpty(chosen) ? Path.Combine(home, "dfx", "cache") : chosen;
        try
        {
            return Directory.CreateDirectory(Path.GetFullPath(folder)).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the cache folder {folder} cannot be made ({e.Message}); set DFX_CACHE to one that can", e);
        }
    }

    /// <summary>A folder in it, which exists.</summary>
    /// <inheritdoc cref="Root" path="/exception"/>
    internal static string Of(string name) => Directory.CreateDirectory(Path.Combine(Root(), name)).FullName;
}
