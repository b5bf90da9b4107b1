using System.Text;

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

        // .NET would go on printing to what the descriptors mean at its first line: the log of a worker's first job.
        Console.SetOut(Shown(Output));
        Console.SetError(Shown(Error));
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

    private static VisibleWriter Shown(int descriptor) => new(new StreamWriter(new DescriptorStream(descriptor), new UTF8Encoding(false)) { AutoFlush = true });

    /// <summary>Writes to whatever a descriptor means at that moment.</summary>
    private sealed class DescriptorStream(int descriptor) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => Posix.Write(descriptor, buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
