namespace Dfx.Baselines;

/// <summary>
/// DPM-Solver-12 and -23 (Lu et al. 2022, appendix C): the error is the difference of two orders. The place is lambda = -ln sigma, and
/// errors are measured in the model's own frame x = s y. A try takes as many evaluations as the higher order.
/// </summary>
/// <param name="Model">The denoiser.</param>
/// <param name="Frame">The frame whose scale and time it uses.</param>
/// <param name="End">lambda at the end.</param>
/// <param name="Options">Order, tolerances and norm.</param>
internal sealed record DpmSolverPair(IDenoiser Model, IFlowFrame Frame, double End, DpmSolverAdaptiveOptions Options) : IAdaptiveScheme
{
    // The official code stops this close to the last time.
    private const double TimeTolerance = 1e-5;

    private readonly double _endTime = Frame.Time(Math.Exp(-End));

    /// <inheritdoc/>
    public Attempt Try(torch.Tensor x, torch.Tensor memory, double[] from, double[] to)
    {
        var h = to.Zip(from, (b, a) => b - a).ToArray();
        var (lower, higher) = Options.Order == 2 ? Pair12(x, from, h) : Pair23(x, from, h);
        var scale = Rows.Of([.. to.Select(ScaleAt)], x);
        var known = lower * scale;
        var allowed = (torch.maximum(known.abs(), memory.abs()) * Options.Rtol).clamp_min(Options.Atol);
        var errors = Rows.Rms((higher - lower) * scale / allowed);
        return new(higher, known, Options.Norm == NormKind.Sample ? errors : [.. errors.Select(_ => errors.Aggregate(Math.Max))]);
    }

    /// <inheritdoc/>
    public bool Accepts(double error) => error <= 1;

    /// <inheritdoc/>
    public double Next(double step, double error, bool retried) =>
        step * Math.Min(StepGrowth.Most(Options.Norm, double.PositiveInfinity), Options.Theta * Math.Pow(error, -1.0 / Options.Order));

    /// <inheritdoc/>
    public bool Arrived(double at) => Math.Abs(Frame.Time(Math.Exp(-at)) - _endTime) <= TimeTolerance;

    /// <summary>The scale s at lambda.</summary>
    internal double ScaleAt(double lambda) => Frame.Scale(Frame.Time(Math.Exp(-lambda)));

    // Order 1 is DDIM; order 2 corrects it with the slope at half of the step (Eq. 4.1 and algorithm 1, r1 = 1/2).
    private (torch.Tensor Lower, torch.Tensor Higher) Pair12(torch.Tensor y, double[] from, double[] h)
    {
        var (first, middle) = Slopes(y, from, h, 0.5);
        var lower = y - (first * Factor(y, from, h, Phi1));
        return (lower, lower - ((middle - first) * Factor(y, from, h, Phi1)));
    }

    // Order 2 with r1 = 1/3 shares its two slopes with order 3 (algorithm 2, r2 = 2/3).
    private (torch.Tensor Lower, torch.Tensor Higher) Pair23(torch.Tensor y, double[] from, double[] h)
    {
        var (first, second) = Slopes(y, from, h, 1 / 3.0);
        var far = h.Select(s => s * 2 / 3).ToArray();
        var at = y - (first * Factor(y, from, far, Phi1)) - ((second - first) * Factor(y, from, far, s => 2 * Phi2(s)));
        var third = Slope(at, from, far);
        var euler = y - (first * Factor(y, from, h, Phi1));
        return (
            euler - ((second - first) * Factor(y, from, h, s => 1.5 * Phi1(s))),
            euler - ((third - first) * Factor(y, from, h, s => 1.5 * Phi2(s))));
    }

    // The noise predictions at the start of a step and at a share of it, which order 1 leads to.
    private (torch.Tensor First, torch.Tensor Later) Slopes(torch.Tensor y, double[] from, double[] h, double share)
    {
        var part = h.Select(s => s * share).ToArray();
        var first = Slope(y, from, new double[h.Length]);
        return (first, Slope(y - (first * Factor(y, from, part, Phi1)), from, part));
    }

    // eps = (y - D) / sigma at lambda + h.
    private torch.Tensor Slope(torch.Tensor y, double[] from, double[] h)
    {
        var sigmas = from.Zip(h, (a, s) => Math.Exp(-a - s)).ToArray();
        return (y - Model.Denoise(y, Rows.Levels(sigmas, y))) / Rows.Of(sigmas, y);
    }

    // sigma at the end of the step, times a function of its length.
    private static torch.Tensor Factor(torch.Tensor like, double[] from, double[] h, Func<double, double> phi) =>
        Rows.Of([.. from.Zip(h, (a, s) => Math.Exp(-a - s) * phi(s))], like);

    private static double Phi1(double h) => 2 * Math.Exp(h / 2) * Math.Sinh(h / 2);

    private static double Phi2(double h) => (Phi1(h) / h) - 1;
}
