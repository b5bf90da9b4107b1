using Dfx.Data.Tasks;

namespace Dfx.Data.Synthetic.Faces;

/// <summary>
/// A drawn face. Points of the face are given in half axes of the head from its centre, x to the right and y down: the chin is at (0, 1). Lengths of the image are
/// its side, so the same face can be drawn at any size.
/// </summary>
internal sealed record Face
{
    /// <summary>How many uniform numbers a face takes.</summary>
    internal const int Numbers = 40;

    /// <summary>The eyes' distance from the middle, and their height.</summary>
    internal const double EyeX = 0.4;

    /// <inheritdoc cref="EyeX"/>
    internal const double EyeY = -0.12;

    private static readonly Rgb s_dark = new(0.28, 0.17, 0.11);
    private static readonly Rgb s_light = new(0.97, 0.82, 0.70);

    /// <summary>The centre of the head: a part of the image's side from the left and from above.</summary>
    internal required (double X, double Y) Centre { get; init; }

    /// <summary>Its half axes, across and down, in sides of the image.</summary>
    internal required (double X, double Y) Axes { get; init; }

    /// <summary>Two colours of the background, and the direction from one to the other.</summary>
    internal required (Rgb From, Rgb To, double Angle) Ground { get; init; }

    internal required Rgb Skin { get; init; }

    internal required Rgb Hair { get; init; }

    internal required Rgb Iris { get; init; }

    /// <summary>How far the hair comes down: over the forehead and at the sides.</summary>
    internal required (double Brow, double Sides) HairEnds { get; init; }

    /// <summary>How thick the brows are, and by how much they slant.</summary>
    internal required (double Thickness, double Slant) Brows { get; init; }

    /// <summary>Half of the mouth's width, by how much its corners are raised, and how far it is open.</summary>
    internal required (double Width, double Smile, double Open) Mouth { get; init; }

    /// <summary>By how much the brightness changes across the image, to the right and down.</summary>
    internal required (double X, double Y) Light { get; init; }

    /// <summary>The outermost points of the eyes, the nose and the mouth, and the chin, in sides of the image from its upper left corner.</summary>
    internal FaceLandmarks Landmarks => new(
        At(-EyeX, EyeY), At(EyeX, EyeY), At(0, 0.22), At(-Mouth.Width, 0.5 - Mouth.Smile), At(Mouth.Width, 0.5 - Mouth.Smile), At(0, 1));

    /// <summary>A face of some uniform numbers.</summary>
    internal static Face Drawn(Draws draws) => new()
    {
        Centre = (draws.Between(0.45, 0.55), draws.Between(0.47, 0.57)),
        Axes = (draws.Between(0.26, 0.36), draws.Between(0.34, 0.45)),
        Ground = (Colour(draws, 0.1, 0.9), Colour(draws, 0.1, 0.9), draws.Between(0, 2 * Math.PI)),
        Skin = Rgb.Between(s_dark, s_light, draws.Next()) + Colour(draws, -0.04, 0.04),
        Hair = Rgb.Between(new(0.06, 0.05, 0.05), new(0.75, 0.55, 0.3), Math.Pow(draws.Next(), 2)) + Colour(draws, -0.04, 0.04),
        Iris = Rgb.Between(new(0.25, 0.15, 0.08), new(0.3, 0.5, 0.6), draws.Next()),
        HairEnds = (draws.Between(-0.75, -0.4), draws.Between(-0.3, 0.9)),
        Brows = (draws.Between(0.03, 0.07), draws.Between(-0.08, 0.08)),
        Mouth = (draws.Between(0.22, 0.42), draws.Between(-0.06, 0.14), Math.Max(0, draws.Between(-0.1, 0.14))),
        Light = (draws.Between(-0.3, 0.3), draws.Between(-0.3, 0.1)),
    };

    private static Rgb Colour(Draws draws, double low, double high) => new(draws.Between(low, high), draws.Between(low, high), draws.Between(low, high));

    private (double X, double Y) At(double x, double y) => (Centre.X + (x * Axes.X), Centre.Y + (y * Axes.Y));
}

/// <summary>Points of a face (x, y), in sides of the image from its upper left corner.</summary>
/// <param name="LeftEye">The eye that is left in the image.</param>
/// <param name="RightEye">The other one.</param>
/// <param name="Nose">The tip of the nose.</param>
/// <param name="MouthLeft">The corner of the mouth that is left in the image.</param>
/// <param name="MouthRight">The other one.</param>
/// <param name="Chin">The lowest point.</param>
internal sealed record FaceLandmarks(
    (double X, double Y) LeftEye, (double X, double Y) RightEye, (double X, double Y) Nose, (double X, double Y) MouthLeft, (double X, double Y) MouthRight, (double X, double Y) Chin);
