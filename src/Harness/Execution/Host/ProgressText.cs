using System.Globalization;
using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Execution.Host;

/// <summary>A job's progress in words: how far, how fast, how long still.</summary>
internal static class ProgressText
{
    internal static string Of(Progress progress, double seconds)
    {
        var rate = seconds > 0 ? progress.Done / seconds : 0;
        var eta = rate > 0 && progress.Done < progress.Total ? $", {Duration.Text((progress.Total - progress.Done) / rate)} left" : "";
        var note = string.IsNullOrEmpty(progress.Note) ? "" : $", {progress.Note}";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Done}/{progress.Total}, {rate:0.#}/s{eta}{note}");
    }
}
