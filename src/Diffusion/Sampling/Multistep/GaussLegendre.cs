namespace Dfx.Diffusion;

/// <summary>Quadrature by Gauss and Legendre with 32 points, exact for polynomials of degree 63 and below.</summary>
public static class GaussLegendre
{
    private const int Count = 32;

    private static readonly (double Point, double Weight)[] s_unit = [.. Enumerable.Range(0, Count).Select(Root)];

    /// <summary>Points and weights with ∫ f(x) dx = ∑ weight f(point) between two bounds; if the bounds fall, weights are negative.</summary>
    /// <param name="from">The first bound.</param>
    /// <param name="to">The second one.</param>
    public static IEnumerable<(double Point, double Weight)> Points(double from, double to)
    {
        var (middle, half) = ((from + to) / 2, (to - from) / 2);
        return s_unit.Select(p => (middle + (half * p.Point), half * p.Weight));
    }

    // A root of the Legendre polynomial P_n by Newton's method, and its weight 2 / ((1 - x²) P_n'(x)²).
    private static (double Point, double Weight) Root(int index)
    {
        var x = Math.Cos(Math.PI * (index + 0.75) / (Count + 0.5));
        for (var i = 0; i < 10; i++)
        {
            var (value, slope) = Legendre(x);
            x -= value / slope;
        }

        var rise = Legendre(x).Slope;
        return (x, 2 / ((1 - (x * x)) * rise * rise));
    }

    private static (double Value, double Slope) Legendre(double x)
    {
        var (before, value) = (1.0, x);
        for (var n = 2; n <= Count; n++)
        {
            (before, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n);
        }

        return (value, Count * ((x * value) - before) / ((x * x) - 1));
    }
}
