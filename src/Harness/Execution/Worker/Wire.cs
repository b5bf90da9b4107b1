using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Win32.SafeHandles;

namespace Dfx.Harness.Execution.Worker;

/// <summary>
/// A child process's end of the line to the host: a line of JSON a message. Standard output is taken away from everyone else: what plugins
/// and native code print goes to standard error or, from <see cref="PrintedOutput.LogTo"/> on, to a log.
/// </summary>
/// <typeparam name="TRequest">What the host asks.</typeparam>
/// <typeparam name="TReply">What the process tells.</typeparam>
internal sealed class Wire<TRequest, TReply> : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly BlockingCollection<TRequest> _requests = [];
    private readonly JsonTypeInfo<TRequest> _request;
    private readonly JsonTypeInfo<TReply> _reply;
    private readonly Func<TRequest, bool> _taken;

    /// <param name="request">How requests are read.</param>
    /// <param name="reply">How replies are written.</param>
    /// <param name="taken">Sees requests at once, whatever the process does: those that it takes wait for nobody.</param>
    internal Wire(JsonTypeInfo<TRequest> request, JsonTypeInfo<TReply> reply, Func<TRequest, bool>? taken = null)
    {
        (_request, _reply, _taken) = (request, reply, taken ?? (_ => false));
        var handle = new SafeFileHandle(PrintedOutput.Take(), ownsHandle: true);
        _writer = new(new FileStream(handle, FileAccess.Write, 0), new UTF8Encoding(false)) { AutoFlush = true };
        new Thread(ReadRequests) { IsBackground = true, Name = "requests" }.Start();
    }

    /// <summary>The host's requests, until the host closes the line.</summary>
    /// <param name="cancellation">Asks to stop waiting.</param>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    internal IEnumerable<TRequest> Requests(CancellationToken cancellation = default) => _requests.GetConsumingEnumerable(cancellation);

    internal void Send(TReply reply)
    {
        lock (_writer)
        {
            _writer.WriteLine(JsonSerializer.Serialize(reply, _reply));
        }
    }

    public void Dispose() => _writer.Dispose();

    private void ReadRequests()
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        while (input.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize(line, _request)!;
            if (!_taken(request))
            {
                _requests.Add(request);
            }
        }

        // The host is gone or has all that it wants: neither this process nor one that it started may stay behind.
        Posix.EndGroup(Environment.ProcessId);
    }
}
