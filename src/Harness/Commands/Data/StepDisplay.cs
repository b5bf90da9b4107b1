using System.Diagnostics;
using Dfx.Data.Packing;
using Dfx.Harness.Execution.Host;
using Spectre.Console;

namespace Dfx.Harness.Commands.Data;

/// <summary>Shows how far long work has come, with rate and ETA: one live line in a terminal, a line every few seconds elsewhere.</summary>
internal sealed class StepDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_liveInterval = TimeSpan.FromSeconds(0.1);

    private readonly Lock _lock = new();
    private readonly Stopwatch _step = new();
    private readonly Stopwatch _told = new();
    private readonly Action<string, PackStep> _show;
    private readonly TimeSpan _every;
    private string _what = "";

    private StepDisplay(Action<string, PackStep> show, TimeSpan every) => (_show, _every) = (show, every);

    /// <summary>Does the work and shows its steps.</summary>
    internal static T Run<T>(TextWriter output, bool live, Func<Action<PackStep>, T> work) => live
        ? AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask("starting", maxValue: 1);
                return work(new StepDisplay((text, step) => Show(task, text, step), s_liveInterval).Take);
            })
        : work(new StepDisplay((text, _) => output.WriteLine($"  ... {text}"), s_interval).Take);

    private static void Show(ProgressTask task, string text, PackStep step)
    {
        (task.IsIndeterminate, task.MaxValue, task.Value) = (step.Total == 0, Math.Max(1, step.Total), step.Done);
        task.Description = Markup.Escape(VisibleText.Of(text));
    }

    private void Take(PackStep step)
    {
        lock (_lock)
        {
            var begins = step.What != _what;
            if (begins)
            {
                _what = step.What;
                _step.Restart();
                _told.Restart();
            }

            // A step that nobody can measure is told when it begins, any other once there is a rate.
            if ((begins && step.Total == 0) || (step.Total > 0 && _told.Elapsed > _every))
            {
                _told.Restart();
                var text = step.Total == 0 ? "" : $" {ProgressText.Of(new(step.Done, step.Total, null), step.Done / Math.Max(1e-3, _step.Elapsed.TotalSeconds))}";
                _show(step.What + text, step);
            }
        }
    }
}
