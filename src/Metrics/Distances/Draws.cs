using Dfx.Sdk;

namespace Dfx.Metrics.Distances;

/// <summary>
/// What samples are independent draws of: each of itself, or of the image that it restores where more samples than such images were asked for. Then
/// sample i restores image i modulo their number, and numbers of one image stand together as one draw (the variance of a mean over clusters, Cochran
/// 1977, section 9A.2).
/// </summary>
/// <param name="Samples">How many samples there are.</param>
/// <param name="Different">How many of them are independent.</param>
internal sealed record Draws(int Samples, int Different)
{
    /// <summary>Whether images were restored more than once.</summary>
    public bool Repeat => Different < Samples;

    /// <summary>What intervals are over, in the words of a protocol.</summary>
    public string Word => Repeat ? "truths" : "samples";

    /// <summary>Those of a cell.</summary>
    public static Draws Of(MetricContext context) => Of(context.Generated.Count, context.Truths);

    /// <summary>The first of them.</summary>
    /// <param name="count">How many samples.</param>
    public Draws First(int count) => Of(count, Different);

    /// <summary>The standard error of the mean of a number a sample; null if fewer than two draws have one.</summary>
    /// <param name="values">Of the first samples, or of those that are kept: float64 [n].</param>
    /// <param name="kept">Which samples have a number: bool [Samples]; null for the first ones.</param>
    public double? StandardError(torch.Tensor values, torch.Tensor? kept = null)
    {
        using var scope = torch.NewDisposeScope();
        var n = values.shape[0];
        if (!Repeat)
        {
            return n < 2 ? null : values.std().ToDouble() / Math.Sqrt(kept is null ? Samples : n);
        }

        var truths = torch.arange(kept is null ? n : Samples, torch.ScalarType.Int64) % Different;
        truths = kept is null ? truths : truths.masked_select(kept);
        var sums = torch.zeros([Different], torch.float64).index_add(0, truths, values - values.mean(), 1);
        var m = truths.unique().output.shape[0];
        // Truths that the given samples leave out would have added as much as the others.
        var share = kept is null ? (double)m / Different : 1;
        return m < 2 ? null : Math.Sqrt(share * m / (m - 1) * sums.square().sum().ToDouble()) / n;
    }

    /// <summary>The interval of such a mean, null where it has no standard error.</summary>
    /// <inheritdoc cref="StandardError" path="/param"/>
    public Interval? OfMean(torch.Tensor values, torch.Tensor? kept = null) =>
        StandardError(values, kept) is { } error ? Interval.Normal(values.mean().ToDouble(), error) : null;

    /// <summary>A protocol that says how many images were restored, where that is not the number of samples.</summary>
    public Dictionary<string, string> Told(Dictionary<string, string> protocol) => Repeat ? new(protocol) { ["truths"] = $"{Different}" } : protocol;

    private static Draws Of(int samples, int? truths) => new(samples, Math.Min(samples, truths ?? samples));
}
