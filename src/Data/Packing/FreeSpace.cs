namespace Dfx.Data.Packing;

/// <summary>A disk that is too small is an error before the work, not after hours of it.</summary>
internal static class FreeSpace
{
    /// <exception cref="IOException">The disk has less room; the message says how much is needed.</exception>
    public static void Require(string path, long bytes)
    {
        var free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
        if (free < bytes)
        {
            throw new IOException($"{path}: needs {bytes >> 20} MiB, the disk has {free >> 20}. Free some, or set DFX_DATA to a folder on another disk.");
        }
    }
}
