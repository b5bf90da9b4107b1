using Dfx.Harness.Reporting.Figures.Pictures;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>A picture to draw, with the files that belong to it.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Sources">What is beside the pictures: endings and contents.</param>
/// <param name="Draw">Draws it.</param>
internal sealed record Drawing(string Name, IReadOnlyDictionary<string, Func<byte[]>> Sources, Func<Picture> Draw)
{
    internal static Drawing Of(Figure figure) => new(
        figure.Name,
        new Dictionary<string, Func<byte[]>>
        {
            ["csv"] = () => System.Text.Encoding.UTF8.GetBytes(FigureData.Render(figure)),
            ["vl.json"] = () => System.Text.Encoding.UTF8.GetBytes(Vega.VegaLite.Text(figure)),
        },
        () => FigurePlot.Of(figure));
}
