using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>Where the numbers come from: the machine, the plugins' code, the metrics' protocols and the matrix.</summary>
internal static class ProvenanceSection
{
    internal static Markup Of(Manifest manifest, Leaderboard board, IReadOnlyDictionary<string, string> takenFrom) => Markup.Of($"""
        <p>Each row of the leaderboard leads to its cells, and each cell to <code>records/&lt;key&gt;.json</code>: the key is the SHA-256 over everything that determines the result, which the record lists part by part.</p>
        {Table("Environment", "name", "value", manifest.Environment)}
        {(takenFrom.Count == 0 ? (IEnumerable<Markup>)[] : [Table("Results of the same keys that were taken over from other folders", "folder", "results", takenFrom)])}{Table("Plugins and the hash of their code", "assembly", "SHA-256", manifest.Plugins)}
        {board.Columns.Select(Protocol)}
        <details><summary>The matrix file</summary><pre tabindex="0">{manifest.Source}</pre></details>
        """);

    private static Markup Protocol(MetricColumn metric) => Table(
        $"Protocol of {metric.Name}", "name", "value", new Dictionary<string, string>(metric.Details) { ["fingerprint"] = metric.Protocol });

    private static Markup Table(string caption, string first, string second, IReadOnlyDictionary<string, string> rows) => Markup.Of($"""
        <div class="scroll" role="region" aria-label="Table: {caption}" tabindex="0"><table>
        <caption>{caption}</caption>
        <thead><tr><th scope="col">{first}</th><th scope="col">{second}</th></tr></thead>
        <tbody>{rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => Markup.Of($"<tr><th scope=\"row\">{row.Key}</th><td class=\"hash\">{row.Value}</td></tr>\n"))}</tbody>
        </table></div>

        """);
}
