namespace Dfx.Diffusion;

/// <summary>
/// A step from one level to a lower one in EDM's frame, y = x / a and sigma = s / a = exp(-lambda), that solves the linear part of the
/// probability flow ODE exactly. With h = ln(sigma / sigma') and m(r) the prediction at lambda + r h, the solution is
/// y' = y - sigma' h ∫ exp((1 - r) h) m(r) dr for noise (Lu et al. 2022a, proposition 3.1) and
/// y' = (sigma' / sigma) y + h ∫ exp(-(1 - r) h) m(r) dr for data (Lu et al. 2022b, proposition 4.1), r from 0 to 1. Both are
/// y' = keep y - scale ∫ m, where the integral of r^i is i! phi_(i+1)(±h): + for noise, - for data.
/// </summary>
/// <param name="prediction">What changes slowly: the noise or the clean images.</param>
/// <param name="from">The level before the step.</param>
/// <param name="to">The lower level after it, positive.</param>
public sealed class ExponentialStep(SolverPrediction prediction, double from, double to)
{
    private const int SeriesTerms = 20;

    /// <summary>The step in lambda with the sign of the prediction: h for noise, -h for data.</summary>
    public double H { get; } = (prediction == SolverPrediction.Noise ? 1 : -1) * Math.Log(from / to);

    /// <summary>phi_1 = exp(h) - 1, phi_2 = phi_1 / h - 1, phi_3 = phi_2 / h - 1 / 2, and so on; for data with -h for h.</summary>
    /// <param name="k">At least 1.</param>
    public double Phi(int k) => Math.Abs(H) < 1 ? Series(k) : k == 1 ? Math.Exp(H) - 1 : (Phi(k - 1) / H) - (1 / Factorial(k - 1));

    /// <summary>The exact integrals of r^0 to r^(count - 1).</summary>
    /// <param name="count">How many.</param>
    public double[] Moments(int count) => [.. Enumerable.Range(0, count).Select(i => Factorial(i) * Phi(i + 1))];

    /// <summary>The state at the end of the step, with the polynomial through some estimates for m(r).</summary>
    /// <param name="y">The state at its start [N, C, H, W].</param>
    /// <param name="known">Estimates at different levels, at the start or elsewhere.</param>
    /// <param name="moments">What to take for the integrals of r^0, r^1, …: as many as there are estimates.</param>
    /// <returns>A new tensor of y's dtype, on its device.</returns>
    public torch.Tensor Advance(torch.Tensor y, IReadOnlyList<SolverEstimate> known, ReadOnlySpan<double> moments)
    {
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(known);
        var (keep, scale) = prediction == SolverPrediction.Noise ? (1.0, to) : (to / from, 1.0);
        var nodes = known.Select(e => Math.Log(from / e.Sigma) / Math.Log(from / to)).ToArray();
        var next = y * keep;
        for (var k = 0; k < nodes.Length; k++)
        {
            next.add_(known[k].Value, -scale * Weight(nodes, k, moments));
        }

        return next;
    }

    // The integral of Lagrange's polynomial that is 1 at node k and 0 at the others.
    private static double Weight(double[] nodes, int k, ReadOnlySpan<double> moments)
    {
        var polynomial = new double[nodes.Length];
        polynomial[0] = 1;
        for (var j = 0; j < nodes.Length; j++)
        {
            for (var i = nodes.Length - 1; j != k && i >= 0; i--)
            {
                polynomial[i] = ((i > 0 ? polynomial[i - 1] : 0) - (nodes[j] * polynomial[i])) / (nodes[k] - nodes[j]);
            }
        }

        var weight = 0.0;
        for (var i = 0; i < nodes.Length; i++)
        {
            weight += polynomial[i] * moments[i];
        }

        return weight;
    }

    // For short steps the differences above cancel: phi_k is the sum of h^(j - k + 1) / j! over j from k on.
    private double Series(int k)
    {
        var (sum, term) = (0.0, H / Factorial(k));
        for (var j = k; j < k + SeriesTerms; j++)
        {
            sum += term;
            term *= H / (j + 1);
        }

        return sum;
    }

    private static double Factorial(int k) => k < 2 ? 1 : k * Factorial(k - 1);
}
