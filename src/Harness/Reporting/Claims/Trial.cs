using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>One place where a claim can be seen.</summary>
/// <param name="Where">What it is, in words.</param>
/// <param name="Expected">What must be seen.</param>
/// <param name="At">The effect, with an interval of the given level; null if nothing was measured.</param>
internal sealed record Trial(string Where, Expectation Expected, Func<double, Estimate?> At)
{
    /// <summary>The effect at the level of reports.</summary>
    internal Estimate? Effect => At(Interval.Level);

    /// <summary>The paired bootstrap beside it; null where it has no meaning.</summary>
    internal Interval? Bootstrap { get; init; }

    /// <summary>The keys of the results behind it.</summary>
    internal IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What stands behind its numbers.</summary>
    internal string Scale { get; init; } = "";

    /// <summary>Why it decides nothing; null if it may.</summary>
    internal string? Problem => Effect switch
    {
        null => "nothing measured",
        { Interval: null } => "one seed: no interval",
        _ => null,
    };

    internal bool Supports(double level) => At(level)?.Interval is { } interval && Expected.Supports(interval);

    internal bool Contradicts(double level) => At(level)?.Interval is { } interval && Expected.Contradicts(interval);
}
