namespace Dfx.Harness.Execution.Worker;

/// <summary>Where what a child process prints goes: standard output is the line to the host.</summary>
internal static class PrintedOutput
{
    private const int Output = 1;
    private const int Error = 2;

    /// <summary>Standard output's descriptor, for the line to the host; what is printed goes to standard error.</summary>
    internal static int Take()
    {
        var line = Posix.Duplicate(Output);
        Posix.Replace(Error, Output);
        return line;
    }

    /// <summary>From here on everything that is printed goes to this file: a new one, since the old one may be a link, or be linked from a copy of the results.</summary>
    internal static void LogTo(string path)
    {
        File.Delete(path);
        using var log = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        Posix.Replace((int)log.SafeFileHandle.DangerousGetHandle(), Output);
        Posix.Replace((int)log.SafeFileHandle.DangerousGetHandle(), Error);
    }
}
