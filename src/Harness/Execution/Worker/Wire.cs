using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Dfx.Harness.Execution.Worker;

/// <summary>
/// The worker's end of the line to the host. Standard output is taken away from everyone else: what plugins and native code print goes to
/// the job's log.
/// </summary>
internal sealed class Wire : IDisposable
{
    private const int Output = 1;
    private const int Error = 2;
    private readonly StreamWriter _writer;
    private readonly BlockingCollection<Request> _requests = [];

    internal Wire()
    {
        var handle = new SafeFileHandle(Posix.Duplicate(Output), ownsHandle: true);
        _writer = new(new FileStream(handle, FileAccess.Write, 0), new UTF8Encoding(false)) { AutoFlush = true };
        Posix.Replace(Error, Output);
        new Thread(ReadRequests) { IsBackground = true, Name = "requests" }.Start();
    }

    /// <summary>The host's requests, until the host closes the line.</summary>
    internal IEnumerable<Request> Requests => _requests.GetConsumingEnumerable();

    internal void Send(Reply reply)
    {
        lock (_writer)
        {
            _writer.WriteLine(MessageJson.Line(reply));
        }
    }

    /// <summary>From here on everything that is printed goes to this file, which starts anew.</summary>
    internal static void LogTo(string path)
    {
        using var log = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        Posix.Replace((int)log.SafeFileHandle.DangerousGetHandle(), Output);
        Posix.Replace((int)log.SafeFileHandle.DangerousGetHandle(), Error);
    }

    public void Dispose() => _writer.Dispose();

    private void ReadRequests()
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        while (input.ReadLine() is { } line)
        {
            _requests.Add(JsonSerializer.Deserialize(line, MessageJson.Default.Request)!);
        }

        // The host is gone: nobody waits for a result, and neither this process nor one that it started may stay behind.
        Posix.EndGroup(Environment.ProcessId);
    }
}
