using System.Reflection;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What an exception means for the job that it ended.</summary>
internal static class Verdict
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT

    internal static (Status Status, string Message) Of(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        TargetInvocationException { InnerException: { } cause } => Of(cause),
        _ => Clean(Judge(e)),
    };

    /// <summary>A message of ours may quote one of libtorch's.</summary>
    private static (Status Status, string Message) Clean((Status Status, string Message) verdict) =>
        verdict with { Message = NativeErrors.WithoutFrames(verdict.Message).TrimEnd() };

    private static (Status Status, string Message) Judge(Exception e) => e switch
    {
        NotApplicableException => (Status.NotApplicable, e.Message),
        DivergedException => (Status.Diverged, e.Message),
        OutOfMemoryException => (Status.Oom, "managed memory ran out"),
        _ when IsNativeOutOfMemory(e) => (Status.Oom, NativeErrors.FirstLine(e.Message)),
        DataUnavailableException or Plugins.Loading.PluginException or Plugins.OptionException => (Status.Error, e.Message),
        _ => (Status.Error, $"{e.GetType().Name}: {NativeErrors.FirstLine(e.Message)}{Where(e)}"),
    };

    /// <summary>What metrics that threw mean for a cell whose samples are well.</summary>
    internal static (Status Status, string? Message) Of(IReadOnlyDictionary<string, string> failedMetrics) => failedMetrics.Count == 0
        ? (Status.Ok, null)
        : (Status.Error, string.Join("; ", failedMetrics.Select(failed => $"metric {failed.Key}: {failed.Value}")));

    /// <summary>Whether the device that holds the results is full, or takes no file of that size.</summary>
    internal static bool IsStorageFull(Exception? e) => e switch
    {
        null => false,
        IOException io when (io.HResult & 0xFFFF) is NoSpace or QuotaExceeded or FileLimit.TooLarge => true,
        AggregateException many => many.InnerExceptions.Any(IsStorageFull),
        _ => IsStorageFull(e.InnerException),
    };

    private static bool IsNativeOutOfMemory(Exception e) =>
        e.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where in the plugin it was thrown.</summary>
    private static string Where(Exception e) =>
        e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(" at ", StringComparison.Ordinal)) is { } frame ? $" ({frame.Trim()})" : "";
}
