using Dfx.Numerics.Files;

namespace Dfx.Harness.Execution.Worker;

/// <summary>A turn that one process has at a time. It goes with the process, however it ends.</summary>
internal static class FileTurn
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until nobody else has the turn; disposing it passes it on.</summary>
    internal static FileStream Wait(string path)
    {
        Links.Refuse(path);
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(s_pause);
            }
        }
    }
}
