using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Dfx.Harness.Commands;

/// <summary>
/// Ctrl-C (SIGINT) and SIGTERM. The first asks the command to come to its end, and ends the process if that takes longer than a moment, whatever the command
/// is doing: every file is written whole or not at all, and locks and workers go with the process. The second ends it at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long a command has that has nothing to save: with the end of the process it is within a second.</summary>
    internal static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.6);

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(0.02);

    private readonly CancellationTokenSource _stop = new();
    private readonly Action<int> _exit;
    private readonly Action<string> _say;
    private IReadOnlyList<PosixSignalRegistration> _signals = [];
    private volatile Saving? _saving;
    private volatile Action? _last;
    private int _asked;

    /// <param name="exit">Ends the process with a code, at once.</param>
    /// <param name="say">Tells people in a line. It may wait for a pipe that nobody reads: then the process ends without it.</param>
    internal Interruption(Action<int> exit, Action<string> say) => (_exit, _say) = (exit, say);

    /// <summary>Asks the command to come to its end.</summary>
    internal CancellationToken Token => _stop.Token;

    /// <summary>Listens to the signals of this process from here on. One that was ignored when the process started, as under nohup, stays ignored.</summary>
    internal Interruption Listening()
    {
        _signals = [Take(PosixSignal.SIGINT), Take(PosixSignal.SIGTERM)];
        return this;
    }

    /// <summary>Until it is disposed, a command that is asked to stop has something to save, and more time for it.</summary>
    /// <param name="grace">How long it may take, from the signal on.</param>
    /// <param name="words">What it does then, for people.</param>
    internal IDisposable While(TimeSpan grace, string words) => _saving = new(this, grace, words);

    /// <summary>What is done before the process is ended in the middle of its work: other processes of its own end with it.</summary>
    internal void Last(Action work) => _last = work;

    /// <summary>A signal has come.</summary>
    internal void Ask()
    {
        if (Interlocked.Increment(ref _asked) > 1)
        {
            End();
            return;
        }

        Background(EndLater);
        _ = _stop.CancelAsync();
        if (_saving is { } saving)
        {
            Say($"dfx: stopping: {saving.Words}. Once more ends it at once.");
        }
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private PosixSignalRegistration Take(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Ask();
    });

    private void EndLater()
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < (_saving?.Grace ?? Moment))
        {
            Thread.Sleep(s_tick);
        }

        Say("dfx: interrupted. What was finished is kept, and every file is whole: the same command does the rest.");
        End();
    }

    private void End()
    {
        if (_last is { } last)
        {
            Background(last).Join(s_farewell);
        }

        _exit(Fault.Interrupted);
    }

    private void Say(string line) => Background(() => _say(line)).Join(s_farewell);

    private static Thread Background(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true, Name = "interruption" };
        thread.Start();
        return thread;
    }

    private sealed class Saving(Interruption owner, TimeSpan grace, string words) : IDisposable
    {
        internal TimeSpan Grace => grace;

        internal string Words => words;

        /// <summary>Once it was asked, what is left to do is to say so.</summary>
        public void Dispose() => owner._saving = owner._asked == 0 ? null : this;
    }
}
