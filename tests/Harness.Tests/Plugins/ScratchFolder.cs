namespace Dfx.Harness.Tests.Plugins;

/// <summary>A new folder that is gone after the test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("dfx-plugins-").FullName;

    /// <summary>The text of a file that something writes.</summary>
    internal static string Written(Action<string> write)
    {
        using var scratch = new ScratchFolder();
        write(scratch.At("file"));
        return File.ReadAllText(scratch.At("file"));
    }

    /// <summary>A path below it, whose folder exists.</summary>
    internal string At(string relative)
    {
        var path = System.IO.Path.Combine(Path, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    internal string Write(string relative, string text)
    {
        File.WriteAllText(At(relative), text);
        return At(relative);
    }

    internal string Copy(string source, string relative)
    {
        File.Copy(source, At(relative));
        return At(relative);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
