using System.Globalization;
using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Execution.Host;

/// <summary>A job's progress in words: how far, how fast, how long still.</summary>
internal static class ProgressText
{
    /// <param name="progress">How far it has come.</param>
    /// <param name="rate">How much of it a second does; null while nobody knows.</param>
    internal static string Of(Progress progress, double? rate)
    {
        var speed = rate is { } known ? string.Create(CultureInfo.InvariantCulture, $", {known:0.#}/s") : "";
        var eta = rate > 0 && progress.Done < progress.Total ? $", {Duration.Text((progress.Total - progress.Done) / rate.Value)} left" : "";
        var note = string.IsNullOrEmpty(progress.Note) ? "" : $", {progress.Note}";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Done}/{progress.Total}{speed}{eta}{note}");
    }
}
