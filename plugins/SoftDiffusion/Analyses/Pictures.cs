using System.Globalization;

namespace Dfx.SoftDiffusion.Analyses;

/// <summary>Rows and names of sheets of pictures.</summary>
internal static class Pictures
{
    /// <summary>Whether images of a shape can be drawn: grey or coloured ones.</summary>
    internal static bool Are(DataShape shape) => shape.Channels is 1 or 3;

    /// <summary>A row.</summary>
    /// <param name="name">What its pictures are of.</param>
    /// <param name="images">Images [C, H, W], one a column, on any device; what lies outside of [-1, 1] is cut.</param>
    internal static AnalysisSheetRow Row(string name, IEnumerable<torch.Tensor> images)
    {
        using var scope = torch.NewDisposeScope();
        return new(name, scope.MoveToOuter(torch.stack(images).clamp(-1, 1).to(torch.ScalarType.Float32, torch.CPU, copy: true)));
    }

    /// <summary>The name of a level.</summary>
    internal static string Level(double t) => t > 0 ? t.ToString("0.00", CultureInfo.InvariantCulture) : "clean";

    /// <summary>The same sheets, whose pictures outlive a scope.</summary>
    internal static IReadOnlyList<AnalysisSheet> Out(DisposeScope scope, IReadOnlyList<AnalysisSheet> sheets)
    {
        foreach (var row in sheets.SelectMany(sheet => sheet.Rows))
        {
            scope.MoveToOuter(row.Images);
        }

        return sheets;
    }
}
