namespace Dfx.Data.Tasks.Occluders;

/// <summary>Things that hide parts of faces, made of simple shapes; measures in eye distances.</summary>
internal static class OccluderShapes
{
    /// <summary>How many numbers an occluder's shape takes at most.</summary>
    internal const int Numbers = 16;

    /// <summary>All of them.</summary>
    internal static readonly IReadOnlyList<Func<FaceFrame, Draws, List<Shape>>> All = [Glasses, FaceMask, Hand, Hair, Hat, Scarf];

    /// <summary>The index in <see cref="All"/> of the one that has the colour of skin.</summary>
    internal const int HandIndex = 2;

    /// <summary>Sunglasses: two lenses, a bridge and two temples.</summary>
    private static List<Shape> Glasses(FaceFrame face, Draws draws)
    {
        var (half, radius) = (draws.Between(0.05, 0.2), draws.Between(0.3, 0.42));
        var frame = 0.08 * face.Unit;
        return
        [
            Shape.Capsule(face.At(-0.55 - half, 0.05), face.At(-0.55 + half, 0.05), radius * face.Unit),
            Shape.Capsule(face.At(0.55 - half, 0.05), face.At(0.55 + half, 0.05), radius * face.Unit),
            Shape.Capsule(face.At(-0.5, -0.1), face.At(0.5, -0.1), frame),
            Shape.Capsule(face.At(-1.3, -0.15), face.At(-0.6, -0.1), frame),
            Shape.Capsule(face.At(1.3, -0.15), face.At(0.6, -0.1), frame),
        ];
    }

    /// <summary>A face mask from the nose to the chin, with two ribbons to the ears.</summary>
    private static List<Shape> FaceMask(FaceFrame face, Draws draws)
    {
        var (top, cheek) = (draws.Between(0.2, 0.5), draws.Between(0.95, 1.2));
        var ribbon = 0.06 * face.Unit;
        return
        [
            Shape.Polygon(
                face.At(-cheek, top + 0.25), face.At(-0.3, top), face.At(0.3, top), face.At(cheek, top + 0.25),
                face.At(0.85 * cheek, 1.45), face.At(0.35, 1.95), face.At(-0.35, 1.95), face.At(-0.85 * cheek, 1.45)),
            Shape.Capsule(face.At(-cheek, top + 0.3), face.At(-1.5, 0.1), ribbon),
            Shape.Capsule(face.At(cheek, top + 0.3), face.At(1.5, 0.1), ribbon),
        ];
    }

    /// <summary>A hand before the mouth or a cheek: a palm that comes from below, and four or five fingers.</summary>
    private static List<Shape> Hand(FaceFrame face, Draws draws)
    {
        var (x, y) = (draws.Between(-0.9, 0.9), draws.Between(1, 1.5));
        var (fingers, lean, length) = (draws.From(4, 5), draws.Between(-0.6, 0.6), draws.Between(0.8, 1.2));
        var shapes = new List<Shape> { Shape.Capsule(face.At(x, y), face.At(x - (0.5 * lean), y + 1.6), 0.55 * face.Unit) };
        for (var finger = 0; finger < fingers; finger++)
        {
            var spread = (finger / (fingers - 1.0)) - 0.5;
            var reach = length * draws.Between(0.8, 1.0);
            var (sin, cos) = Math.SinCos(lean + (0.9 * spread));
            var root = (X: x + (0.9 * spread), Y: y - 0.1);
            shapes.Add(Shape.Capsule(face.At(root.X, root.Y), face.At(root.X + (reach * sin), root.Y - (reach * cos)), 0.14 * face.Unit));
        }

        return shapes;
    }

    /// <summary>Hair: a fringe over the forehead that may reach the eyes, and strands down one side or both.</summary>
    private static List<Shape> Hair(FaceFrame face, Draws draws)
    {
        var (fringe, side, down) = (draws.Between(-0.5, 0), draws.Below(3), draws.Between(0.8, 2));
        var radius = draws.Between(0.2, 0.35) * face.Unit;
        var shapes = new List<Shape>
        {
            Shape.Polygon(
                face.At(-1.4, 0.1), face.At(-1.3, -1.1), face.At(0, -1.7), face.At(1.3, -1.1), face.At(1.4, 0.1),
                face.At(0.9, fringe - 0.4), face.At(draws.Between(-0.6, 0.6), fringe), face.At(-0.9, fringe - 0.4)),
        };
        shapes.AddRange(((double[])[-1, 1]).Where((_, i) => side != i)
            .Select(sign => Shape.Capsule(face.At(sign * 1.2, -0.6), face.At(sign * 1.3, down), radius)));
        return shapes;
    }

    /// <summary>A hat over the forehead, down to the brows or to the eyes.</summary>
    private static List<Shape> Hat(FaceFrame face, Draws draws)
    {
        var (brim, peak) = (draws.Between(-0.55, -0.1), draws.Between(0, 0.2));
        return [Shape.Polygon(face.At(-1.3, brim), face.At(0, brim - peak), face.At(1.3, brim), face.At(0.8, -2.5), face.At(-0.8, -2.5))];
    }

    /// <summary>A scarf from the nose or the mouth downwards.</summary>
    private static List<Shape> Scarf(FaceFrame face, Draws draws)
    {
        var (top, dip) = (draws.Between(0.6, 1), draws.Between(0, 0.2));
        return [Shape.Polygon(face.At(-1.3, top), face.At(0, top + dip), face.At(1.3, top), face.At(1, 2.8), face.At(-1, 2.8))];
    }
}
