using System.Diagnostics;

namespace Dfx.Harness.Tests;

/// <summary>A device of a few kilobytes, which only the superuser can make.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("dfx-disk-").FullName;

    internal SmallDisk(int kilobytes)
    {
        if (!Do("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", _path))
        {
            Directory.Delete(_path);
            Assert.Ignore("only the superuser can mount a small device");
        }
    }

    internal string Path => _path;

    internal void Grow(int kilobytes) => Assert.That(Do("mount", "-o", $"remount,size={kilobytes}k", _path));

    public void Dispose()
    {
        Do("umount", _path);
        Directory.Delete(_path);
    }

    private static bool Do(string program, params ReadOnlySpan<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [.. arguments]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
