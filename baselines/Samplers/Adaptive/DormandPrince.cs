namespace Dfx.Baselines;

/// <summary>
/// Dormand and Prince's embedded Runge-Kutta pair of orders 5 and 4 (J. Comput. Appl. Math. 6, 1980) with the step control of SciPy's RK45:
/// the order-5 result is kept, and the last stage is the next step's first. A try takes 6 evaluations. Samples with steps of their own have another
/// bound of growth (<see cref="StepGrowth"/>).
/// </summary>
/// <param name="Slope">dx/dt of rows with a time each.</param>
/// <param name="Tolerance">How large errors may be.</param>
/// <param name="End">The time at the end.</param>
internal sealed record DormandPrince(Func<torch.Tensor, double[], torch.Tensor> Slope, Tolerance Tolerance, double End) : IAdaptiveScheme
{
    private const double MostOfSciPy = 10;

    private static readonly double[] s_nodes = [0, 1 / 5.0, 3 / 10.0, 4 / 5.0, 8 / 9.0, 1];

    private static readonly double[][] s_stages =
    [
        [],
        [1 / 5.0],
        [3 / 40.0, 9 / 40.0],
        [44 / 45.0, -56 / 15.0, 32 / 9.0],
        [19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0],
        [9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0],
    ];

    private static readonly double[] s_weights = [35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0];
    private static readonly double[] s_errors = [-71 / 57600.0, 0, 71 / 16695.0, -71 / 1920.0, 17253 / 339200.0, -22 / 525.0, 1 / 40.0];

    /// <inheritdoc/>
    public Attempt Try(torch.Tensor x, torch.Tensor memory, double[] from, double[] to)
    {
        var steps = Rows.Of([.. to.Zip(from, (b, a) => b - a)], x);
        List<torch.Tensor> slopes = [memory];
        for (var i = 1; i < s_stages.Length; i++)
        {
            var node = s_nodes[i];
            slopes.Add(Slope(x + (Combined(slopes, s_stages[i]) * steps), [.. from.Zip(to, (a, b) => a + (node * (b - a)))]));
        }

        var next = x + (Combined(slopes, s_weights) * steps);
        slopes.Add(Slope(next, to));
        var error = Combined(slopes, s_errors) * steps / Tolerance.Of(torch.maximum(x.abs(), next.abs()));
        return new(next, slopes[^1], Tolerance.Measure(error));
    }

    /// <inheritdoc/>
    public bool Accepts(double error) => error < 1;

    /// <inheritdoc/>
    public double Next(double step, double error, bool retried)
    {
        var factor = Math.Clamp(0.9 * Math.Pow(error, -1 / 5.0), 0.2, StepGrowth.Most(Tolerance.Norm, MostOfSciPy));
        return step * (retried || !Accepts(error) ? Math.Min(1, factor) : factor);
    }

    /// <inheritdoc/>
    public bool Arrived(double at) => at == End;

    /// <summary>The length of each row's first step (Hairer, Nørsett and Wanner 1993, section II.4). It takes one evaluation.</summary>
    /// <param name="x">The states at the start.</param>
    /// <param name="slope">Their slopes.</param>
    /// <param name="start">The time at the start.</param>
    internal double[] FirstSteps(torch.Tensor x, torch.Tensor slope, double start)
    {
        using var scope = torch.NewDisposeScope();
        var scale = Tolerance.Of(x.abs());
        var (d0, d1) = (Tolerance.Measure(x / scale), Tolerance.Measure(slope / scale));
        // Not beyond the end, where some times have no level: SciPy looks to it since version 1.11.
        var (whole, direction) = (Math.Abs(End - start), Math.Sign(End - start));
        var h0 = d0.Zip(d1, (a, b) => Math.Min(whole, a < 1e-5 || b < 1e-5 ? 1e-6 : 0.01 * a / b)).ToArray();
        var probe = Slope(x + (slope * Rows.Of([.. h0.Select(h => h * direction)], x)), [.. h0.Select(h => start + (h * direction))]);
        var d2 = Tolerance.Measure((probe - slope) / scale).Zip(h0, (d, h) => d / h).ToArray();
        return [.. h0.Select((h, i) => Math.Min(100 * h, Second(h, Math.Max(d1[i], d2[i]))))];
    }

    private static double Second(double h0, double curvature) => curvature <= 1e-15 ? Math.Max(1e-6, h0 * 1e-3) : Math.Pow(0.01 / curvature, 1 / 5.0);

    private static torch.Tensor Combined(List<torch.Tensor> slopes, double[] weights)
    {
        var sum = slopes[0] * weights[0];
        for (var i = 1; i < weights.Length; i++)
        {
            sum.add_(slopes[i], weights[i]);
        }

        return sum;
    }
}
