using Dfx.Harness.Reporting.Claims;

namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>
/// The claims on one axis. Their effects have all sorts of units, so each is divided by half the width of its 95 % interval, and stands on the
/// right if it is what the claim expects. Of several comparisons the one that bears the claim out least is shown; of a claim that needs but
/// one, the one that does most.
/// </summary>
internal static class VerdictRows
{
    /// <summary>What the axis says.</summary>
    internal const string Axis = "effect / half width of its 95 % interval";

    internal static IReadOnlyList<VerdictRow> Of(IEnumerable<ClaimResult> claims) => [.. claims.Select(Row)];

    private static VerdictRow Row(ClaimResult result)
    {
        var places = result.Trials.Select(Place).OfType<(double Value, int Seeds)>().OrderBy(place => place.Value).ToList();
        var word = ClaimsCsv.Word(result.Verdict);
        if (places.Count == 0)
        {
            return new(result.Claim.Id, word, null, null, null, 0);
        }

        var (value, seeds) = result.Claim.Holds == Quantifier.Any ? places[^1] : places[0];
        return new(result.Claim.Id, word, value, value - 1, value + 1, seeds);
    }

    /// <summary>How far the effect lies on the expected side of the margin; null without an interval.</summary>
    private static (double Value, int Seeds)? Place(Trial trial)
    {
        if (trial.Effect is not { Interval: { HalfWidth: > 0 } interval } effect)
        {
            return null;
        }

        var distance = trial.Expected.Direction switch
        {
            Expected.Below => -trial.Expected.Margin - effect.Mean,
            Expected.Above => effect.Mean - trial.Expected.Margin,
            _ => trial.Expected.Margin - Math.Abs(effect.Mean),
        };
        return (distance / interval.HalfWidth, effect.Count);
    }
}
