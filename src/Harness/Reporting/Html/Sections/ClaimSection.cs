using System.Globalization;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>The papers' claims with their verdicts.</summary>
internal static class ClaimSection
{
    internal static Markup Of(IReadOnlyList<ClaimEntry> claims) => claims.Count == 0 ? Markup.None : Markup.Of($"""
        <p class="counts">{claims.CountBy(claim => claim.Row.Verdict).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => Markup.Of($"<span class=\"status {v.Key}\">{v.Value} {v.Key}</span> "))}</p>
        <div class="scroll" role="region" aria-label="Verdicts" tabindex="0"><table>
        <thead><tr><th scope="col">claim</th><th scope="col">paper</th><th scope="col">verdict</th><th scope="col">effect</th><th scope="col">interval</th><th scope="col">seeds</th><th scope="col">why</th></tr></thead>
        <tbody>{claims.Select(Row)}</tbody>
        </table></div>
        """);

    private static Markup Row(ClaimEntry claim)
    {
        var row = claim.Row;
        var interval = row is { Low: not null, High: not null } ? $"{Number(row.Low)} to {Number(row.High)}" : "";
        return Markup.Of(
            $"<tr><th scope=\"row\">{row.Claim}</th><td>{claim.Paper}</td><td><span class=\"status {row.Verdict}\">{row.Verdict}</span></td><td class=\"number\">{Number(row.Effect)}</td><td class=\"number\">{interval}</td><td class=\"number\">{row.Seeds}</td><td>{claim.Explanation}</td></tr>\n");
    }

    private static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";
}
