namespace Dfx.Harness.Reporting.Tables;

/// <summary>What stands behind the numbers of a table: one sentence, or one a letter.</summary>
internal sealed class Scales
{
    private readonly List<string> _scales;

    private Scales(List<string> scales) => _scales = scales;

    internal static Scales Of(PaperTable table) => new([.. table.Rows.SelectMany(row => row.Cells).Select(Words).OfType<string>().Distinct(StringComparer.Ordinal)]);

    internal IEnumerable<string> Notes => _scales.Count switch
    {
        0 => ["Nothing of this table has been measured."],
        1 => _scales,
        _ => _scales.Select((scale, i) => $"{Letter(i).Trim()} {scale}"),
    };

    /// <summary>What a number carries where a table has several scales.</summary>
    internal string Letter(PaperCell cell) => _scales.Count > 1 && Words(cell) is { } words ? Letter(_scales.IndexOf(words)) : "";

    private static string Letter(int index) => index < 26 ? $" ({(char)('a' + index)})" : $" ({index + 1})";

    private static string? Words(PaperCell cell)
    {
        var rows = cell.Parts.Select(part => part.Measured?.Row).OfType<LeaderboardRow>().ToList();
        return rows.Count == 0 ? null : Scale.Of(rows);
    }
}
