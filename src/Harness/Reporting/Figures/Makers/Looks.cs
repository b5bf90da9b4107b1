namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>How methods and samplers look in the figures of one report.</summary>
internal sealed record Looks(Palette Methods, Palette Samplers, IReadOnlyList<string> Corrections)
{
    internal static Looks Of(IReadOnlyList<Measurement> all) => new(
        new(all.Select(m => m.Method)),
        new(all.Select(m => m.Sampler)),
        [.. all.Select(m => m.CorrectionName).Where(c => c != "none").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>A method's colour and shape; a correction dashes its line.</summary>
    internal Style Method(Measurement m) => Methods.Of(m.Method, m.Correction == "none" ? 0 : 1 + Corrections.ToList().IndexOf(m.CorrectionName));

    internal Style Sampler(Measurement m) => Samplers.Of(m.Sampler);
}
