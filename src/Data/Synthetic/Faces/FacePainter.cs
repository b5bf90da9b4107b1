namespace Dfx.Data.Synthetic.Faces;

/// <summary>The colours of a face at points of the image, from the foremost part to the background.</summary>
internal static class FacePainter
{
    private const int Grid = 3;
    private const double HairThickness = 1.14;

    private static readonly Rgb s_white = new(0.95, 0.95, 0.93);
    private static readonly Rgb s_black = new(0.05, 0.04, 0.04);
    private static readonly Rgb s_lips = new(0.72, 0.25, 0.25);

    /// <summary>Draws a face: bytes [3, size, size], each the mean of 3x3 points, and one more or less by chance as cameras have it.</summary>
    /// <param name="face">The face.</param>
    /// <param name="size">The side of the image in pixels.</param>
    /// <param name="grain">Uniform numbers in (0, 1), one a byte.</param>
    internal static byte[] Paint(Face face, int size, ReadOnlySpan<float> grain)
    {
        var plane = size * size;
        var bytes = new byte[3 * plane];
        for (var pixel = 0; pixel < plane; pixel++)
        {
            var colour = Pixel(face, size, pixel / size, pixel % size);
            bytes[pixel] = Byte(colour.R, grain[pixel]);
            bytes[plane + pixel] = Byte(colour.G, grain[plane + pixel]);
            bytes[(2 * plane) + pixel] = Byte(colour.B, grain[(2 * plane) + pixel]);
        }

        return bytes;
    }

    /// <summary>The colour at a point, with its light.</summary>
    /// <param name="face">The face.</param>
    /// <param name="x">In sides of the image from the left.</param>
    /// <param name="y">In sides of the image from above.</param>
    internal static Rgb At(Face face, double x, double y)
    {
        var light = 1 + (face.Light.X * (x - 0.5)) + (face.Light.Y * (y - 0.5));
        return (Front(face, (x - face.Centre.X) / face.Axes.X, (y - face.Centre.Y) / face.Axes.Y) ?? Ground(face, x, y)) * light;
    }

    private static Rgb Pixel(Face face, int size, int row, int column)
    {
        var sum = default(Rgb);
        for (var i = 0; i < Grid * Grid; i++)
        {
            sum += At(face, (column + (((i % Grid) + 0.5) / Grid)) / size, (row + (((i / Grid) + 0.5) / Grid)) / size);
        }

        return sum * (1.0 / (Grid * Grid));
    }

    // Everything that is not the background; null there.
    private static Rgb? Front(Face face, double x, double y)
    {
        var radius = (x * x) + (y * y);
        if (radius < HairThickness * HairThickness && IsHair(face, x, y, radius))
        {
            return face.Hair * (0.9 + (0.1 * Math.Cos(9 * x)));
        }

        return radius < 1 ? Features(face, x, y) ?? Shaded(face, x, y, radius) : null;
    }

    // A cap above a line that is lowest in the middle, and what hangs down at both sides.
    private static bool IsHair(Face face, double x, double y, double radius) =>
        y < face.HairEnds.Brow + (0.25 * x * x) || (radius > 0.88 && y < face.HairEnds.Sides);

    private static Rgb? Features(Face face, double x, double y) => Eye(face, Math.Abs(x) - Face.EyeX, y - Face.EyeY) ?? Brow(face, x, y) ?? Mouth(face, x, y);

    private static Rgb? Eye(Face face, double x, double y)
    {
        var (across, down) = (x / 0.19, y / 0.085);
        var ring = (x * x) + (y * y);
        return (across * across) + (down * down) > 1 ? null : ring < 0.0016 ? s_black : ring < 0.0081 ? face.Iris : s_white;
    }

    private static Rgb? Brow(Face face, double x, double y)
    {
        var along = Math.Abs(x) - Face.EyeX;
        return Math.Abs(along) < 0.22 && Math.Abs(y - (Face.EyeY - 0.2 - (face.Brows.Slant * along / 0.22))) < face.Brows.Thickness ? face.Hair * 0.8 : null;
    }

    private static Rgb? Mouth(Face face, double x, double y)
    {
        var along = x / face.Mouth.Width;
        var off = y - (0.5 - (face.Mouth.Smile * along * along));
        var reach = face.Mouth.Open * (1 - (along * along));
        return Math.Abs(along) > 1 ? null : Math.Abs(off) < reach ? s_black : Math.Abs(off) < reach + 0.045 ? Rgb.Between(face.Skin, s_lips, 0.7) : null;
    }

    // Darker towards the edge of the head, along one side of the nose and below its tip.
    private static Rgb Shaded(Face face, double x, double y, double radius)
    {
        var shade = 1 - (0.18 * radius * radius);
        var side = Math.Exp(-Math.Pow((x - 0.09) / 0.05, 2)) * (y is > -0.1 and < 0.25 ? 1 : 0);
        var tip = Math.Exp(-(Math.Pow(x / 0.12, 2) + Math.Pow((y - 0.25) / 0.04, 2)));
        return face.Skin * (shade - (0.15 * side) - (0.25 * tip));
    }

    private static Rgb Ground(Face face, double x, double y)
    {
        var (sin, cos) = Math.SinCos(face.Ground.Angle);
        return Rgb.Between(face.Ground.From, face.Ground.To, Math.Clamp(0.5 + ((x - 0.5) * cos) + ((y - 0.5) * sin), 0, 1));
    }

    private static byte Byte(double value, float grain) => (byte)Math.Clamp(Math.Round(255 * value) + Math.Floor(3 * grain) - 1, 0, 255);
}
