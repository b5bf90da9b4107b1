namespace Dfx.Data.Tasks.Occluders;

/// <summary>
/// Where a face would be in an aligned portrait. Points are given in eye distances from the middle between the eyes, x to the right and y down:
/// the eyes are at (-1/2, 0) and (1/2, 0), the mouth at (0, 1), the chin at (0, 1.7).
/// </summary>
/// <param name="X">The middle between the eyes, in pixels from the left.</param>
/// <param name="Y">The middle between the eyes, in pixels from above.</param>
/// <param name="Unit">The eye distance in pixels.</param>
/// <param name="Angle">By how much the face leans to the right, in radians.</param>
internal sealed record FaceFrame(double X, double Y, double Unit, double Angle)
{
    /// <summary>How many numbers <see cref="Drawn"/> takes.</summary>
    internal const int Numbers = 4;

    private const double EyeDistance = 0.33;
    private const double EyeHeight = 0.42;
    private const double Shift = 0.05;
    private const double Lean = Math.PI / 12;

    /// <summary>A frame about the place that aligned portraits have, 5 % of the side off at most and leaning 15 degrees at most.</summary>
    internal static FaceFrame Drawn(Draws draws, int height, int width)
    {
        var side = Math.Min(height, width);
        return new(
            (0.5 * width) + (draws.Between(-Shift, Shift) * side),
            (EyeHeight * height) + (draws.Between(-Shift, Shift) * side),
            EyeDistance * side * draws.Between(0.95, 1.25),
            draws.Between(-Lean, Lean));
    }

    /// <summary>A point of the face in pixels.</summary>
    internal (double X, double Y) At(double x, double y)
    {
        var (sin, cos) = Math.SinCos(Angle);
        return (X + (Unit * ((cos * x) - (sin * y))), Y + (Unit * ((sin * x) + (cos * y))));
    }
}
