using System.Globalization;
using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>One host at a time on a results folder. The lock goes with the process, however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _stream;

    private RunLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="UsageException">Another host has it.</exception>
    internal static RunLock Take(ResultsFolder folder)
    {
        var path = Path.Combine(folder.Root, ".lock");
        Links.Refuse(path);
        try
        {
            // FileShare.None is an flock on Linux: the system frees it when the process ends.
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.SetLength(0);
            stream.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            stream.Flush();
            return new(stream);
        }
        catch (IOException e)
        {
            throw new UsageException(
                $"another dfx is at work on {folder.Root}: wait for it, look with 'dfx status {folder.Root}', or choose another --results folder", e);
        }
    }

    public void Dispose() => _stream.Dispose();
}
