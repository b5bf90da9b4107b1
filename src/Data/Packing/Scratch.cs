using Dfx.Numerics.Files;

namespace Dfx.Data.Packing;

/// <summary>
/// A folder in the data folder for what is not whole yet. It is gone when the work is, and if the process was killed the next one removes
/// it: a lock that the system holds for a living process tells the two apart.
/// </summary>
internal sealed class Scratch : IDisposable
{
    private const string Prefix = ".scratch-";
    private const string LockName = "lock";
    private const int Tries = 20;
    private static readonly TimeSpan s_young = TimeSpan.FromMinutes(10);
    private readonly string _root;
    private readonly FileStream _lock;

    private Scratch(string root)
    {
        _root = root;
        _lock = Lock(root, FileMode.CreateNew);
        Folder = Directory.CreateDirectory(Path.Combine(root, "files")).FullName;
    }

    /// <summary>An empty folder on the data folder's disk.</summary>
    public string Folder { get; }

    /// <summary>Makes a folder and removes what killed processes left.</summary>
    /// <exception cref="IOException">The data folder cannot be written.</exception>
    public static Scratch In(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        Sweep(dataFolder);
        for (var left = Tries; ; left--)
        {
            var root = Directory.CreateDirectory(Path.Combine(dataFolder, $"{Prefix}{Guid.NewGuid():N}")).FullName;
            try
            {
                return new(root);
            }
            catch (IOException) when (left > 0)
            {
                // Another process sweeps, and came to the lock between its making and its locking: that folder is its to remove.
                Remove(root);
            }
        }
    }

    /// <summary>Removes what killed processes left: their folders, and the drafts of single files.</summary>
    public static void Sweep(string dataFolder)
    {
        if (!Directory.Exists(dataFolder))
        {
            return;
        }

        Leftovers.Sweep(dataFolder);
        foreach (var root in Directory.EnumerateDirectories(dataFolder, Prefix + "*").Where(root => Links.Problem(root) is null).ToList())
        {
            Remove(root);
        }
    }

    /// <summary>A path in the folder.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Moves a finished file to its place, at once.</summary>
    public static void Publish(string file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        System.IO.File.Move(file, target, overwrite: true);
    }

    public void Dispose()
    {
        // The lock last: whoever sweeps would take an unlocked folder for one that was left, and delete it under this hand.
        Directory.Delete(_root, recursive: true);
        _lock.Dispose();
    }

    private static void Remove(string root)
    {
        try
        {
            // Whoever holds the lock of a folder owns it. Without a lock it is being made, or its process was killed in that moment.
            using var own = System.IO.File.Exists(Path.Combine(root, LockName)) ? Lock(root, FileMode.Open) : null;
            if (own is not null || (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(root)).Duration() > s_young)
            {
                Directory.Delete(root, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process works there, or has just swept it.
        }
    }

    private static FileStream Lock(string root, FileMode mode) => new(Path.Combine(root, LockName), mode, FileAccess.ReadWrite, FileShare.None);
}
