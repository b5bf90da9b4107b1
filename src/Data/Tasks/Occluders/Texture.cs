namespace Dfx.Data.Tasks.Occluders;

/// <summary>What an occluder looks like: two colours, and how much of the second one there is at each point.</summary>
/// <param name="First">The first colour: a value in [-1, 1] for each channel.</param>
/// <param name="Second">The second colour.</param>
/// <param name="Mix">The share of the second colour at a point (x, y) in eye distances, from 0 to 1.</param>
internal sealed record Texture(double[] First, double[] Second, Func<double, double, double> Mix)
{
    private const int Lattice = 5;

    // Of so many equally likely patterns three are not plain.
    private const int Patterns = 9;

    // Together with the sizes of the occluders these make occluded faces score what published ones do; a test says how nearly.
    private const double LeastContrast = 0.95;

    private static readonly double[] s_darkSkin = [-0.55, -0.75, -0.85];
    private static readonly double[] s_lightSkin = [0.95, 0.7, 0.5];

    /// <summary>How many numbers a texture takes at most.</summary>
    internal static int Numbers(int channels) => 4 + (2 * channels) + (Lattice * Lattice);

    /// <summary>A random texture: plain two times in three, otherwise stripes, a chequer-board or smooth noise.</summary>
    /// <param name="draws">Random numbers.</param>
    /// <param name="channels">Channels of the images.</param>
    /// <param name="skin">Whether the colour is one of skin.</param>
    internal static Texture Drawn(Draws draws, int channels, bool skin)
    {
        var first = skin ? Skin(draws.Next(), channels) : Colour(draws, channels);
        var second = skin ? [.. first.Select(v => v - 0.15)] : Colour(draws, channels);
        return new(first, second, Pattern(draws));
    }

    /// <summary>The value of a channel at a point in eye distances, in [-1, 1].</summary>
    internal float At(int channel, double x, double y) => (float)Math.Clamp(double.Lerp(First[channel], Second[channel], Mix(x, y)), -1, 1);

    /// <summary>A strong colour: every channel is nearly at one end of its range or the other, and seldom that of the face behind it.</summary>
    private static double[] Colour(Draws draws, int channels) => [.. Enumerable.Range(0, channels).Select(_ => Strong(draws.Between(-1, 1)))];

    private static double Strong(double value) => Math.CopySign(double.Lerp(LeastContrast, 1, Math.Abs(value)), value);

    /// <summary>A colour between the darkest and the lightest skin; images that are not RGB get its mean.</summary>
    private static double[] Skin(double tone, int channels)
    {
        var rgb = s_darkSkin.Zip(s_lightSkin, (dark, light) => double.Lerp(dark, light, tone)).ToArray();
        return channels == rgb.Length ? rgb : [.. Enumerable.Repeat(rgb.Average(), channels)];
    }

    private static Func<double, double, double> Pattern(Draws draws)
    {
        var (kind, period) = (draws.Below(Patterns), draws.Between(0.3, 0.8));
        var (sin, cos) = Math.SinCos(draws.Between(0, Math.PI));
        return kind switch
        {
            0 => (x, y) => Odd((x * cos) + (y * sin), period),
            1 => (x, y) => Math.Abs(Odd((x * cos) + (y * sin), period) - Odd((y * cos) - (x * sin), period)),
            2 => Noise([.. Enumerable.Range(0, Lattice * Lattice).Select(_ => draws.Next())], period),
            _ => (_, _) => 0,
        };
    }

    /// <summary>1 in every second half period.</summary>
    private static double Odd(double position, double period) => Math.Floor(2 * position / period) % 2 == 0 ? 0 : 1;

    /// <summary>Value noise: random values on a lattice that repeats, joined bilinearly.</summary>
    private static Func<double, double, double> Noise(double[] values, double period) => (x, y) =>
    {
        var (column, across) = Cell(x / period);
        var (row, down) = Cell(y / period);
        double Value(int r, int c) => values[(r % Lattice * Lattice) + (c % Lattice)];
        return double.Lerp(
            double.Lerp(Value(row, column), Value(row, column + 1), across),
            double.Lerp(Value(row + 1, column), Value(row + 1, column + 1), across),
            down);
    };

    private static (int Index, double Within) Cell(double position)
    {
        var floor = Math.Floor(position);
        return ((int)(floor - (Lattice * Math.Floor(floor / Lattice))), position - floor);
    }
}
