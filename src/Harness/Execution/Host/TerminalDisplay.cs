using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Spectre.Console;
using Progress = Dfx.Harness.Execution.Worker.Progress;

namespace Dfx.Harness.Execution.Host;

/// <summary>One live line for each running job with its rate and ETA, and a total.</summary>
internal sealed class TerminalDisplay : IRunDisplay
{
    private readonly RunTotals _totals;
    private readonly IAnsiConsole _console;
    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProgressContext> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _live;
    private readonly ProgressTask _total;
    private readonly Lock _lock = new();

    internal TerminalDisplay(IAnsiConsole console, RunTotals totals)
    {
        (_console, _totals) = (console, totals);
        _live = console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new PercentageColumn())
            .StartAsync(context =>
            {
                _opened.SetResult(context);
                return _closed.Task;
            });
        _total = _opened.Task.GetAwaiter().GetResult().AddTask("total", maxValue: Math.Max(1, totals.Total));
    }

    public void Started(Job job)
    {
        lock (_lock)
        {
            _totals.Start(job);
            _tasks[job.Key] = _opened.Task.Result.AddTaskBefore(Fit(job.Identity), new ProgressTaskSettings(), _total);
        }
    }

    public void Progressed(Job job, Progress progress)
    {
        lock (_lock)
        {
            if (_tasks.TryGetValue(job.Key, out var task))
            {
                task.MaxValue = Math.Max(1, progress.Total);
                task.Value = progress.Done;
                task.Description = Fit($"{ProgressText.Of(progress, _totals.Note(job, progress))} | {job.Identity}");
            }
        }
    }

    public void Ended(Job job, JobEnd end)
    {
        lock (_lock)
        {
            var seconds = _totals.End(job);
            if (_tasks.Remove(job.Key, out var task))
            {
                _opened.Task.Result.RemoveTask(task);
            }

            _total.Value = _totals.Ended;
            _total.Description = _totals.Remaining() is { } rest ? $"total, about {Duration.Text(rest)} left" : "total";
            var line = $"{StatusText.Of(end.Status),-5} {job.Identity} ({Duration.Text(seconds)}){(end.Message is null ? "" : ": " + end.Message)}";
            _console.MarkupLineInterpolated($"[{(end.Status.IsFailure() ? "red" : "green")}]{VisibleText.Of(line)}[/]");
        }
    }

    public void Blocked(IReadOnlyList<Job> jobs)
    {
        lock (_lock)
        {
            var count = _totals.Block(jobs);
            _total.MaxValue = Math.Max(1, _totals.Total);
            if (count > 0)
            {
                _console.MarkupLineInterpolated($"[red]      {count} jobs that need it will not run[/]");
            }
        }
    }

    public void Left(string why) => _console.MarkupLineInterpolated($"[red]      a worker leaves the run: {VisibleText.Of(why)}[/]");

    /// <summary>One line, however narrow the terminal: bar, percentage and gaps take the rest.</summary>
    private string Fit(string text)
    {
        text = VisibleText.Of(text).ReplaceLineEndings(" ");
        var room = Math.Max(20, _console.Profile.Width - 32);
        return Markup.Escape(text.Length <= room ? text : text[..(room - 1)] + "…");
    }

    public void Dispose()
    {
        _closed.TrySetResult();
        _live.Wait();
    }
}
