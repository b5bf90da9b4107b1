using System.Text;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>
/// A figure's numbers as CSV: one tidy table, in blocks for plotting programs that count them, because two empty lines stand between the header and each
/// series (readers of CSV skip them). Block 0 is the header; the series follow, panel by panel.
/// </summary>
internal static class FigureData
{
    private const string Between = "\n\n";

    internal static string Render(Figure figure)
    {
        var text = new StringBuilder("x,y,low,high,seeds,panel,series\n");
        foreach (var (panel, series) in figure.Panels.SelectMany(panel => panel.Series.Select(series => (panel, series))))
        {
            text.Append(Between);
            foreach (var point in series.Points)
            {
                text.AppendJoin(',', Fields(point)).Append(',').Append(Quoted(panel.Title)).Append(',').Append(Quoted(series.Name)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Fields(DataPoint p) =>
        [FigureText.Exact(p.X), FigureText.Exact(p.Y), FigureText.Exact(p.Low), FigureText.Exact(p.High), FigureText.Exact(p.Seeds)];

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
