namespace Dfx.Data.Tasks;

/// <summary>
/// Masks of brush strokes, or of boxes now and then, as LaMa draws them (Suvorov et al., WACV 2022, supplement; its configurations
/// random_thick_256 and random_medium_256). Lengths are in pixels of an image of 256; they scale with the shorter side, and no stroke is thinner
/// than 2 pixels. A mask that hides too much of the image is drawn anew; more than half of it in the configurations.
/// </summary>
/// <param name="Lines">The fewest and the most polylines.</param>
/// <param name="Lengths">The shortest and the longest segment.</param>
/// <param name="Widths">The thinnest and the thickest segment.</param>
/// <param name="MostBoxes">The most boxes; the fewest is 1.</param>
/// <param name="Sides">The shortest and the longest side of a box.</param>
/// <param name="Margin">How far boxes stay away from the image's edge.</param>
internal sealed record LineMask(
    (int Least, int Most) Lines, (int Least, int Most) Lengths, (int Least, int Most) Widths, int MostBoxes, (int Least, int Most) Sides, int Margin)
{
    private const double ScaleOf = 256;
    private const double Thinnest = 2;
    private const double LinesShare = 1 / 1.3;
    private const int MostSegments = 5;

    /// <summary>LaMa's thick masks.</summary>
    internal static readonly LineMask Thick = new((1, 5), (10, 209), (5, 104), 3, (30, 149), 10);

    /// <summary>LaMa's medium masks.</summary>
    internal static readonly LineMask Medium = new((4, 5), (10, 109), (5, 54), 5, (10, 49), 0);

    /// <summary>The recipe of such masks.</summary>
    /// <param name="largest">The largest share of an image that they hide.</param>
    internal MaskRecipe Recipe(double largest) => new(2 + Math.Max(Lines.Most * (3 + (MostSegments * 3)), MostBoxes * 4), Paint, largest);

    private void Paint(Draws draws, HiddenPixels mask)
    {
        var scale = Math.Min(mask.Height, mask.Width) / ScaleOf;
        if (draws.Chance(LinesShare))
        {
            var lines = draws.From(Lines.Least, Lines.Most);
            for (var line = 0; line < lines; line++)
            {
                PaintLine(draws, mask, scale, mirrored: line % 2 == 0);
            }
        }
        else
        {
            for (var boxes = draws.From(1, MostBoxes); boxes > 0; boxes--)
            {
                PaintBox(draws, mask, scale);
            }
        }
    }

    private void PaintLine(Draws draws, HiddenPixels mask, double scale, bool mirrored)
    {
        var start = (X: draws.Between(0, mask.Width), Y: draws.Between(0, mask.Height));
        for (var segments = draws.From(1, MostSegments); segments > 0; segments--)
        {
            var angle = 0.01 + draws.Below(4);
            var length = draws.From(Lengths.Least, Lengths.Most) * scale;
            var radius = Math.Max(Thinnest, draws.From(Widths.Least, Widths.Most) * scale) / 2;
            var (sin, cos) = Math.SinCos(mirrored ? (2 * Math.PI) - angle : angle);
            var end = (X: Math.Clamp(start.X + (length * sin), 0, mask.Width), Y: Math.Clamp(start.Y + (length * cos), 0, mask.Height));
            mask.Hide(Shape.Capsule(start, end, radius));
            start = end;
        }
    }

    private void PaintBox(Draws draws, HiddenPixels mask, double scale)
    {
        var margin = Margin * scale;
        var width = Math.Min(draws.From(Sides.Least, Sides.Most) * scale, mask.Width - (2 * margin));
        var height = Math.Min(draws.From(Sides.Least, Sides.Most) * scale, mask.Height - (2 * margin));
        var left = draws.Between(margin, mask.Width - margin - width);
        var top = draws.Between(margin, mask.Height - margin - height);
        mask.Hide(Shape.Box(left, top, left + width, top + height));
    }
}
