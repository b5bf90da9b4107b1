using System.Globalization;

// By name: a test compiles this file too, without this project's usings.
using Precision = Dfx.Sdk.Precision;

namespace Dfx.Benchmarks.Devices;

/// <summary>Times of both sides in one precision, in seconds a step or of all images, measured in turn; and the most bytes that each held.</summary>
/// <param name="Precision">The precision.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Theirs">Those of eager PyTorch.</param>
/// <param name="OurBytes">Null where it cannot be told.</param>
/// <param name="TheirBytes">Eager PyTorch's.</param>
/// <param name="Beside">What a line says beside it.</param>
internal sealed record LoopResult(Precision Precision, IReadOnlyList<double> Ours, IReadOnlyList<double> Theirs, long? OurBytes, long? TheirBytes, string Beside = "")
{
    internal double Our => Median(Ours);

    internal double Their => Median(Theirs);

    internal string Word => Precision.ToString().ToLowerInvariant();

    internal static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>
/// The lines of a comparison: one for each precision, in which the other side's fastest precision is what ours is divided by, and one that holds the
/// fastest of either side against a limit.
/// </summary>
/// <param name="What">What is measured, such as <c>train small</c>.</param>
/// <param name="Limit">The largest ratio that is good enough.</param>
/// <param name="Where">Device and versions.</param>
/// <param name="Quick">Whether the numbers are none.</param>
internal sealed record LoopLines(string What, double Limit, string Where, bool Quick)
{
    private string Mark => Quick ? "  [cpu, quick: no measure]" : "";

    internal IEnumerable<string> Of(IReadOnlyList<LoopResult> results)
    {
        var (our, their) = (results.MinBy(r => r.Our)!, results.MinBy(r => r.Their)!);
        foreach (var r in results)
        {
            yield return Text($"{What} {r.Word}: ours {Milliseconds(r.Our)}, mean {Milliseconds(r.Ours.Average())}; eager {Milliseconds(r.Their)}; ratio to eager's fastest {r.Our / their.Their:F3}; {Memory(r)}{r.Beside}{Mark}");
        }

        var ratio = our.Our / their.Their;
        yield return Text($"{What}: ours {Milliseconds(our.Our)} ({our.Word}), eager {Milliseconds(their.Their)} ({their.Word}): ratio {ratio:F3}, limit {Limit}: {(ratio <= Limit ? "kept" : "MISSED")}; {Memory(our)}; {Where}{Mark}");
    }

    private static string Memory(LoopResult r) => $"memory ours {Bytes(r.OurBytes)}, eager {Bytes(r.TheirBytes)}";

    private static string Bytes(long? bytes) => bytes is { } known ? Text($"{known >> 20} MiB") : "unknown";

    private static string Milliseconds(double seconds) => Text($"{seconds * 1e3:F1} ms");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
