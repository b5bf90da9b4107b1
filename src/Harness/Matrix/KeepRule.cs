namespace Dfx.Harness.Matrix;

/// <summary>What stays of a cell's samples once they are measured, so that a metric that comes later costs no evaluation of a network.</summary>
/// <param name="Samples">The samples, whatever their size.</param>
/// <param name="Features">The features of samples and reference, whatever their size.</param>
/// <param name="Below">Beside these, what has no more bytes together: samples first, then their features. Of a matrix all its cells, of a cell its share.</param>
internal sealed record KeepRule(bool Samples, bool Features, long Below)
{
    /// <summary>Nothing.</summary>
    internal static KeepRule Nothing { get; } = new(false, false, 0);

    /// <summary>Whether samples of so many bytes stay.</summary>
    internal bool KeepsSamples(long bytes) => Samples || bytes <= Below;

    /// <summary>Whether features of so many bytes stay beside samples of so many.</summary>
    internal bool KeepsFeatures(long bytes, long samples) => Features || bytes + (!Samples && KeepsSamples(samples) ? samples : 0) <= Below;

    /// <summary>The share of one cell of so many.</summary>
    internal KeepRule ShareOf(int cells) => this with { Below = Below / Math.Max(1, cells) };
}
