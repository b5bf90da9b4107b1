namespace Dfx.Data.Synthetic.Faces;

/// <summary>A colour, 0 to 1 a channel.</summary>
internal readonly record struct Rgb(double R, double G, double B)
{
    public static Rgb operator *(Rgb colour, double factor) => new(colour.R * factor, colour.G * factor, colour.B * factor);

    public static Rgb operator +(Rgb a, Rgb b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    /// <summary>A colour between two: the first at 0, the second at 1.</summary>
    internal static Rgb Between(Rgb a, Rgb b, double share) => (a * (1 - share)) + (b * share);
}
