using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Dfx.Harness.Execution.Worker;
using Microsoft.Win32.SafeHandles;

namespace Dfx.Harness.Checking.Worker;

/// <summary>The checking process's end of the line to its host. What plugins and native code print goes to a log.</summary>
internal sealed class CheckWire : IDisposable
{
    private const int Output = 1;
    private readonly StreamWriter _writer;
    private readonly BlockingCollection<CheckRequest> _requests = [];

    /// <param name="log">The file that everything printed goes to.</param>
    internal CheckWire(string log)
    {
        var handle = new SafeFileHandle(Posix.Duplicate(Output), ownsHandle: true);
        _writer = new(new FileStream(handle, FileAccess.Write, 0), new UTF8Encoding(false)) { AutoFlush = true };
        Wire.LogTo(log);
        new Thread(Read) { IsBackground = true, Name = "requests" }.Start();
    }

    /// <summary>Types to check, until the host closes the line.</summary>
    internal IEnumerable<CheckRequest> Requests => _requests.GetConsumingEnumerable();

    internal void Send(CheckReply reply) => _writer.WriteLine(CheckJson.Line(reply));

    public void Dispose() => _writer.Dispose();

    private void Read()
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        while (input.ReadLine() is { } line)
        {
            _requests.Add(JsonSerializer.Deserialize(line, CheckJson.Default.CheckRequest)!);
        }

        // The host is gone or has all that it wants: neither this process nor one that it started may stay behind.
        Posix.EndGroup(Environment.ProcessId);
    }
}
