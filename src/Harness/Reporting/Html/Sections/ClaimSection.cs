using Dfx.Harness.Reporting.Claims;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>The papers' claims with their verdicts, and what stands behind each.</summary>
internal static class ClaimSection
{
    internal static Markup Of(IReadOnlyList<ClaimResult> claims) => claims.Count == 0 ? Markup.None : Markup.Of($"""
        <p class="counts">{claims.CountBy(Word).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => Markup.Of($"<span class=\"status {v.Key}\">{v.Value} {v.Key}</span> "))}</p>
        <p>A verdict is about these data at this scale, not about the paper's.</p>
        {Table([.. claims.Where(claim => claim.IsMeasured)])}{Folded([.. claims.Where(claim => !claim.IsMeasured)])}
        {claims.Where(claim => claim.IsMeasured).Select(Grounds)}
        """);

    private static Markup Table(IReadOnlyList<ClaimResult> claims) => claims.Count == 0 ? Markup.None : Markup.Of($"""
        <div class="scroll" role="region" aria-label="Verdicts" tabindex="0"><table>
        <thead><tr><th scope="col">claim</th><th scope="col">verdict</th><th scope="col">what is claimed</th><th scope="col">place</th><th scope="col">grounds</th></tr></thead>
        <tbody>{claims.Select(Row)}</tbody>
        </table></div>

        """);

    /// <summary>Claims of which nothing was measured take a line, whatever their number.</summary>
    private static Markup Folded(IReadOnlyList<ClaimResult> claims) => claims.Count == 0 ? Markup.None : Markup.Of($"""
        <details><summary>{claims.Count} claims of which nothing was measured here</summary>
        {Table(claims)}</details>

        """);

    private static Markup Row(ClaimResult result) => Markup.Of(
        $"<tr><th scope=\"row\">{result.Claim.Id}</th><td><span class=\"status {Word(result)}\">{Word(result)}</span></td><td>{result.Claim.Says}</td><td>{result.Claim.Place}</td><td>{result.Why}</td></tr>\n");

    private static Markup Grounds(ClaimResult result) =>
        Markup.Of($"<details><summary>{result.Claim.Id}: {result.Trials.Count} comparisons</summary>{GridMarkup.Of(ClaimsText.Trials(result))}</details>\n");

    private static string Word(ClaimResult result) => ClaimsCsv.Word(result.Verdict);
}
