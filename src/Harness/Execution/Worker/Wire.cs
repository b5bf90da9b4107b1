using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Win32.SafeHandles;

namespace Dfx.Harness.Execution.Worker;

/// <summary>
/// A child process's end of the line to the host: a line of JSON a message. Standard output is taken away from everyone else: what plugins
/// and native code print goes to standard error, which the host writes to the job's log.
/// </summary>
/// <typeparam name="TRequest">What the host asks.</typeparam>
/// <typeparam name="TReply">What the process tells.</typeparam>
internal sealed class Wire<TRequest, TReply> : IDisposable
{
    private const int Output = 1;
    private const int Error = 2;

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
        var handle = new SafeFileHandle(TakeOutput(), ownsHandle: true);
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
            // A plugin that writes to descriptors may have left half a line.
            _writer.Write($"\n{JsonSerializer.Serialize(reply, _reply)}\n");
        }
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Standard output's descriptor, for the line to the host; what is printed goes to standard error.</summary>
    private static int TakeOutput()
    {
        var line = Posix.Duplicate(Output);
        Posix.Replace(Error, Output);
        Console.SetOut(new VisibleWriter(Console.Out));
        Console.SetError(new VisibleWriter(Console.Error));
        return line;
    }

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
