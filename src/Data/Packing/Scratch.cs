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
    private readonly string _root;
    private readonly FileStream _lock;

    private Scratch(string root)
    {
        _root = root;
        _lock = Lock(root);
        Folder = Directory.CreateDirectory(Path.Combine(root, "files")).FullName;
    }

    /// <summary>An empty folder on the data folder's disk.</summary>
    public string Folder { get; }

    /// <summary>Makes a folder and removes those that killed processes left.</summary>
    /// <exception cref="IOException">The data folder cannot be written.</exception>
    public static Scratch In(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        Sweep(dataFolder);
        return new(Directory.CreateDirectory(Path.Combine(dataFolder, $"{Prefix}{Guid.NewGuid():N}")).FullName);
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
        Directory.Delete(Folder, recursive: true);
        _lock.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static void Sweep(string dataFolder)
    {
        foreach (var root in Directory.EnumerateDirectories(dataFolder, Prefix + "*").Where(root => Links.Problem(root) is null))
        {
            try
            {
                using (Lock(root))
                {
                    Directory.Delete(root, recursive: true);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Another process works there.
            }
        }
    }

    private static FileStream Lock(string root) => new(Path.Combine(root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
