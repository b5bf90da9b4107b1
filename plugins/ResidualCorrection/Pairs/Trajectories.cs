namespace Dfx.ResidualCorrection.Pairs;

/// <summary>Makes pairs (Zhang et al. 2024, Algorithm 1): a clean image, its state at the start, and what the frozen source makes of it at the stop.</summary>
internal sealed class Trajectories
{
    private readonly IDenoiser _source;
    private readonly PairOptions _options;
    private readonly double[] _grid;
    private readonly Flow _flow;

    /// <param name="source">The source.</param>
    /// <param name="options">Which pairs.</param>
    internal Trajectories(IDenoiser source, PairOptions options)
    {
        (_source, _options, _grid) = (source, options, options.Grid(source.Schedule));
        (_flow, Law) = (new(source, options.Solver, _grid), PairLaw.Of(_grid, options));
    }

    /// <summary>Falling levels.</summary>
    internal IReadOnlyList<double> Grid => _grid;

    /// <summary>The law of start and stop.</summary>
    internal PairLaw Law { get; }

    /// <summary>The last level that a trajectory stops at.</summary>
    internal int Last => _grid.Length - 2;

    /// <summary>y_a of rows, float64.</summary>
    /// <param name="clean">x0 [N, C, H, W].</param>
    /// <param name="normal">z of the same shape.</param>
    /// <param name="starts">a.</param>
    /// <param name="condition">What the source is told, or null.</param>
    /// <param name="cancellation">Asks to stop.</param>
    internal torch.Tensor Start(torch.Tensor clean, torch.Tensor normal, int[] starts, Condition? condition = null, CancellationToken cancellation = default)
    {
        if (_options.Coupling == PairCoupling.OdeEncode)
        {
            return _flow.Up(clean, starts, condition, cancellation);
        }

        using var scope = torch.NewDisposeScope();
        var sigma = torch.tensor(Array.ConvertAll(starts, a => _grid[a]), torch.float64).to(clean.device);
        return scope.MoveToOuter(clean.@double() + (normal.@double() * Denoising.Rows(sigma, sigma)));
    }

    /// <summary>y_b of rows, float64; <paramref name="visit"/> is told of all states on the way.</summary>
    /// <param name="clean">x0 [N, C, H, W].</param>
    /// <param name="normal">z of the same shape.</param>
    /// <param name="starts">a.</param>
    /// <param name="stops">b.</param>
    /// <param name="condition">What the source is told, or null.</param>
    /// <param name="visit">Told of every level that rows come to, or null.</param>
    /// <param name="cancellation">Asks to stop.</param>
    internal torch.Tensor Stop(
        torch.Tensor clean, torch.Tensor normal, int[] starts, int[] stops, Condition? condition = null, Flow.Visit? visit = null, CancellationToken cancellation = default)
    {
        using var scope = torch.NewDisposeScope();
        var y = Start(clean, normal, starts, condition, cancellation);
        return scope.MoveToOuter(_flow.Down(y, starts, stops, condition, visit, cancellation));
    }

    /// <summary>y_b of rows with one stop each, float64: along the grid, or along new steps between start and stop if the options ask for such.</summary>
    /// <param name="clean">x0 [N, C, H, W].</param>
    /// <param name="normal">z of the same shape.</param>
    /// <param name="starts">a.</param>
    /// <param name="stops">b.</param>
    /// <param name="uniform">A number in (0, 1) a row, which decides how many new steps it has; asked for only then.</param>
    /// <param name="condition">What the source is told, or null.</param>
    /// <param name="cancellation">Asks to stop.</param>
    internal torch.Tensor End(
        torch.Tensor clean, torch.Tensor normal, int[] starts, int[] stops, Func<double[]> uniform, Condition? condition, CancellationToken cancellation) =>
        _options.Resubdivide is { } most
            ? Resubdivided(clean, normal, starts, stops, [.. uniform().Select(u => 1 + (int)(u * most))], condition, cancellation)
            : Stop(clean, normal, starts, stops, condition, null, cancellation);

    /// <summary>y_b of rows whose way from start to stop is cut into new steps, equal ones of sigma^(1/7).</summary>
    private torch.Tensor Resubdivided(
        torch.Tensor clean, torch.Tensor normal, int[] starts, int[] stops, int[] steps, Condition? condition, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var state = Start(clean, normal, starts, condition, cancellation);
        foreach (var same in Enumerable.Range(0, starts.Length).GroupBy(i => (A: starts[i], B: stops[i], N: steps[i])))
        {
            var levels = Grids.Karras(_grid[same.Key.B], _grid[same.Key.A], same.Key.N + 1);
            var index = Flow.Index([.. same], state.device);
            int[] first = [.. same.Select(_ => 0)], last = [.. same.Select(_ => same.Key.N)];
            state.index_copy_(0, index, new Flow(_source, _options.Solver, levels).Down(state.index_select(0, index), first, last, Flow.Told(condition, index), null, cancellation));
        }

        return scope.MoveToOuter(state);
    }
}
