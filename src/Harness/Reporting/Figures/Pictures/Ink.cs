using ScottPlot;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>The colours of what is no data.</summary>
internal static class Ink
{
    internal static Color Text { get; } = Colors.Black;

    internal static Color Frame { get; } = Color.FromHex("#333333");

    internal static Color Grid { get; } = Color.FromHex("#E4E4E4");
}
