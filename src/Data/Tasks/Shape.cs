namespace Dfx.Data.Tasks;

/// <summary>A region of the plane of an image, x to the right and y down, in pixels; pixel (row, column) has its centre at (column + 1/2, row + 1/2).</summary>
/// <param name="Left">No point of it has a smaller x.</param>
/// <param name="Top">No point of it has a smaller y.</param>
/// <param name="Right">No point of it has a larger x.</param>
/// <param name="Bottom">No point of it has a larger y.</param>
/// <param name="Contains">Whether a point (x, y) within these bounds belongs to it.</param>
internal sealed record Shape(double Left, double Top, double Right, double Bottom, Func<double, double, bool> Contains)
{
    /// <summary>An upright rectangle.</summary>
    internal static Shape Box(double left, double top, double right, double bottom) =>
        new(left, top, right, bottom, (x, y) => x >= left && x < right && y >= top && y < bottom);

    /// <summary>All points that are no further than a radius from a segment: a stroke of a round brush.</summary>
    internal static Shape Capsule((double X, double Y) a, (double X, double Y) b, double radius)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var squared = (dx * dx) + (dy * dy);
        return new(
            Math.Min(a.X, b.X) - radius,
            Math.Min(a.Y, b.Y) - radius,
            Math.Max(a.X, b.X) + radius,
            Math.Max(a.Y, b.Y) + radius,
            (x, y) =>
            {
                var along = squared > 0 ? Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / squared, 0, 1) : 0;
                var (ex, ey) = (x - a.X - (along * dx), y - a.Y - (along * dy));
                return (ex * ex) + (ey * ey) <= radius * radius;
            });
    }

    /// <summary>A polygon by its corners in order; it may have dents, but its sides must not cross.</summary>
    internal static Shape Polygon(params IReadOnlyList<(double X, double Y)> corners) =>
        new(corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y), (x, y) => IsWithin(corners, x, y));

    /// <summary>Even-odd rule: a ray to the right crosses the outline an odd number of times.</summary>
    private static bool IsWithin(IReadOnlyList<(double X, double Y)> corners, double x, double y)
    {
        var within = false;
        for (var i = 0; i < corners.Count; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Count]);
            within ^= a.Y > y != b.Y > y && x < a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
        }

        return within;
    }
}
