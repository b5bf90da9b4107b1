namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>A claim with its verdict.</summary>
/// <param name="Claim">What is claimed, in a few words.</param>
/// <param name="Verdict">reproduced, contradicted or undecided.</param>
/// <param name="Effect">The measured difference in the claim's direction; null if nothing was measured.</param>
/// <param name="Low">The lower end of its interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Seeds">Over how many seeds.</param>
internal sealed record VerdictRow(string Claim, string Verdict, double? Effect, double? Low, double? High, int Seeds);

/// <summary>All claims at a glance: the effect of each with its interval, coloured by the verdict.</summary>
internal static class ClaimsFigure
{
    private static readonly string[] s_verdicts = ["reproduced", "contradicted", "undecided"];

    /// <summary>The figure; null if no claim has a measured effect.</summary>
    /// <param name="claims">The claims, from the top down.</param>
    /// <param name="effect">What the effect is, with its unit.</param>
    internal static Figure? Make(IReadOnlyList<VerdictRow> claims, string effect)
    {
        var measured = claims.Where(claim => claim.Effect is { } value && double.IsFinite(value)).ToList();
        if (measured.Count == 0)
        {
            return null;
        }

        var extent = measured.SelectMany(claim => (double?[])[claim.Effect, claim.Low, claim.High]).OfType<double>().Where(double.IsFinite);
        return new()
        {
            Name = "claims",
            Title = "The papers' claims",
            Caption = "Effects in the direction of the claim; right of the line supports it. Whiskers are intervals over seeds.",
            Mark = Mark.Interval,
            X = Axis.Fit(effect, [0, .. extent], mayBeLog: false) with { Reference = 0 },
            Y = Axis.Rows(measured.Count),
            Categories = [.. measured.Select(claim => claim.Claim)],
            Panels = [new("", [.. s_verdicts.Select((verdict, i) => Series(verdict, i, measured)).Where(series => series.Points.Count > 0)])],
        };
    }

    private static Series Series(string verdict, int place, List<VerdictRow> claims)
    {
        string[] colors = [Palette.Good, Palette.Bad, Palette.Neutral];
        return new(verdict, new(colors[place], place, 0), [.. claims
            .Select((claim, row) => (claim, row))
            .Where(pair => pair.claim.Verdict == verdict)
            .Select(pair => new DataPoint(pair.claim.Effect!.Value, pair.row, pair.claim.Low, pair.claim.High, pair.claim.Seeds))]);
    }
}
