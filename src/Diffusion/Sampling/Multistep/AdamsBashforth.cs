namespace Dfx.Diffusion;

/// <summary>What the latest slopes weigh in a step, the newest first.</summary>
public static class AdamsBashforth
{
    private static readonly double[][] s_uniform =
        [[1], [3 / 2.0, -1 / 2.0], [23 / 12.0, -16 / 12.0, 5 / 12.0], [55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0]];

    /// <summary>The weights for equal steps, to be multiplied by the step. They sum to 1.</summary>
    /// <param name="count">How many slopes there are, 1 to 4.</param>
    public static IReadOnlyList<double> Uniform(int count) => s_uniform[count - 1];

    /// <summary>
    /// C_j = ∫ L_j(τ(s)) ds from the newest level to the next one, where L_j is the Lagrange polynomial that is 1 at the coordinate of
    /// level j and 0 at those of the others: DEIS' coefficients (Zhang and Chen 2023, "ingredient 3") after division by the scale. They
    /// sum to the step.
    /// </summary>
    /// <param name="levels">The levels of the slopes, the newest first.</param>
    /// <param name="path">Rising or falling levels, the newest one first and the next one last, between which τ is smooth.</param>
    /// <param name="coordinate">τ, what the polynomial is a function of.</param>
    public static IReadOnlyList<double> Exact(IReadOnlyList<double> levels, IReadOnlyList<double> path, Func<double, double> coordinate)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(coordinate);
        var nodes = levels.Select(coordinate).ToArray();
        var sums = new double[nodes.Length];
        foreach (var (sigma, weight) in path.Zip(path.Skip(1)).SelectMany(piece => GaussLegendre.Points(piece.First, piece.Second)))
        {
            var tau = coordinate(sigma);
            for (var j = 0; j < sums.Length; j++)
            {
                sums[j] += weight * Lagrange(nodes, j, tau);
            }
        }

        return sums;
    }

    private static double Lagrange(double[] nodes, int j, double tau)
    {
        var product = 1.0;
        for (var k = 0; k < nodes.Length; k++)
        {
            product *= k == j ? 1 : (tau - nodes[k]) / (nodes[j] - nodes[k]);
        }

        return product;
    }
}
