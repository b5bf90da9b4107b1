using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Host;

/// <summary>
/// What a child process prints: the host takes it from a pipe and writes it to the log of the job that runs, up to a limit. So a plugin that prints without
/// end fills no disk, one that deletes logs stops nobody, and the last words of a process that crashed are there whatever became of the file.
/// </summary>
internal sealed class PrintedLog
{
    /// <summary>The most bytes of a log, but for its last words, on a device that is nearly full: what is left is for results.</summary>
    internal const long LimitOnFullDevice = 64 << 10;

    private const long NearlyFull = 256L << 20;
    private const int Tail = 1 << 14;
    private const int Chunk = 1 << 16;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Lock _turn = new();
    private readonly Stream _printed;
    private readonly SafeHandle _pipe;
    private readonly Task _pump;
    private readonly byte[] _tail = new byte[Tail];
    private int _inTail;
    private FileStream? _file;
    private long _limit;
    private long _count;

    /// <param name="printed">The reading end of the pipe that it prints to.</param>
    internal PrintedLog(Stream printed)
    {
        _printed = printed;
        _pipe = printed is FileStream file ? file.SafeFileHandle : ((System.IO.Pipes.PipeStream)printed).SafePipeHandle;
        _pump = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The end of what was printed since <see cref="To"/>.</summary>
    internal string LastWords
    {
        get
        {
            lock (_turn)
            {
                return Encoding.UTF8.GetString(_tail, 0, _inTail);
            }
        }
    }

    /// <summary>
    /// From here on what is printed goes to this file: a new one, since the old one may be a link, or be linked from a copy of the results. Without a path,
    /// or where no file can be made, it goes nowhere.
    /// </summary>
    internal void To(string? path)
    {
        lock (_turn)
        {
            Close();
            (_count, _inTail) = (0, 0);
            _file = path is null ? null : Opened(path);
            _limit = path is not null && Free(path) < NearlyFull ? LimitOnFullDevice : ResultsFolder.LongestLog;
        }
    }

    /// <summary>Waits until what was printed by now is in the log. A thread that prints on is not waited for.</summary>
    internal void Drain()
    {
        for (var rest = Chunk / 1024; rest > 0 && !_pump.IsCompleted && Posix.Waiting(_pipe) > 0; rest--)
        {
            Thread.Sleep(1);
        }

        lock (_turn)
        {
            // Who read the last of it has written it too.
            _file?.Flush();
        }
    }

    /// <summary>Waits for the end of what is printed, which comes when no process holds the pipe any more.</summary>
    internal void Finish()
    {
        _ = _pump.Wait(s_patience);
        lock (_turn)
        {
            Close();
        }
    }

    // What leaves the pipe reaches the log within one turn: whoever has the turn and sees an empty pipe knows that all is written.
    private void Pump()
    {
        var buffer = new byte[Chunk];
        for (var length = 1; length > 0;)
        {
            Posix.AwaitData(_pipe);
            lock (_turn)
            {
                length = Read(buffer);
                Take(buffer.AsSpan(0, length));
            }
        }
    }

    private int Read(byte[] buffer)
    {
        try
        {
            return _printed.Read(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        Write(bytes[..(int)Math.Clamp(_limit - _count, 0, bytes.Length)]);
        _count += bytes.Length;
        var last = bytes[^Math.Min(Tail, bytes.Length)..];
        var kept = Math.Min(_inTail, Tail - last.Length);
        _tail.AsSpan(_inTail - kept, kept).CopyTo(_tail);
        last.CopyTo(_tail.AsSpan(kept));
        _inTail = kept + last.Length;
    }

    private void Close()
    {
        if (_count > _limit)
        {
            Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n[of {_count} bytes that were printed, a log has the first {_limit} and the last {_inTail}]\n")));
            Write(_tail.AsSpan(0, _inTail));
        }

        _file?.Dispose();
        _file = null;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file?.Write(bytes);
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            // There is no room, or a file may not be as long. A log is no result, so the job goes on.
            _file!.Dispose();
            _file = null;
        }
    }

    private static FileStream? Opened(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Free(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
