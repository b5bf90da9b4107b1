namespace Dfx.Diffusion;

/// <summary>x' = Xx x + Xy y + X1 and y' = Yx x + Yy y + Y1.</summary>
internal readonly record struct AffineMap(double Xx, double Xy, double X1, double Yx, double Yy, double Y1)
{
    /// <summary>The numbers by rows.</summary>
    internal double[] Numbers => [Xx, Xy, X1, Yx, Yy, Y1];

    /// <summary>First the right one, then the left one.</summary>
    public static AffineMap operator *(AffineMap a, AffineMap b) => new(
        (a.Xx * b.Xx) + (a.Xy * b.Yx), (a.Xx * b.Xy) + (a.Xy * b.Yy), (a.Xx * b.X1) + (a.Xy * b.Y1) + a.X1,
        (a.Yx * b.Xx) + (a.Yy * b.Yx), (a.Yx * b.Xy) + (a.Yy * b.Yy), (a.Yx * b.X1) + (a.Yy * b.Y1) + a.Y1);

    internal static AffineMap Scaling(double x, double y) => new(x, 0, 0, 0, y, 0);

    internal static AffineMap Shift(double x, double y) => new(1, 0, x, 0, 1, y);

    /// <summary>Turns from x to y.</summary>
    internal static AffineMap Rotation(double angle) => new(Math.Cos(angle), -Math.Sin(angle), 0, Math.Sin(angle), Math.Cos(angle), 0);
}
