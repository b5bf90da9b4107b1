using Dfx.Harness.Reporting.Figures.Gnuplot;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>A picture for gnuplot to draw.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Width">In pixels of 1/96 inch.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Script">The content of its <c>.gp</c>.</param>
/// <param name="Sources">What the script reads and what else belongs to it: endings and contents.</param>
internal sealed record Drawing(string Name, double Width, double Height, string Script, IReadOnlyDictionary<string, byte[]> Sources)
{
    internal static Drawing Of(Figure figure)
    {
        var layout = Layout.Of(figure);
        return new(figure.Name, layout.Width, layout.Height, FigureScript.Render(figure), new Dictionary<string, byte[]>
        {
            ["csv"] = System.Text.Encoding.UTF8.GetBytes(FigureData.Render(figure)),
            ["vl.json"] = System.Text.Encoding.UTF8.GetBytes(Vega.VegaLite.Text(figure)),
        });
    }
}
