namespace Dfx.ResidualCorrection.Pairs;

/// <summary>
/// The probability flow ODE of a source, dy / dsigma = (y - D(y; sigma)) / sigma, solved along a grid with a start and a stop of its own for every image. All images walk the grid
/// together, and only those under way are evaluated.
/// </summary>
/// <param name="model">The source.</param>
/// <param name="solver">Which solver.</param>
/// <param name="grid">Falling levels, all above 0.</param>
internal sealed class Flow(IDenoiser model, PairSolver solver, IReadOnlyList<double> grid)
{
    // The grid on which images are carried up is so many times as fine.
    private const int Refinement = 8;

    /// <summary>Called with the level that was reached, the rows that reached it and their states, float64.</summary>
    internal delegate void Visit(int level, int[] rows, torch.Tensor states);

    /// <summary>Carries states down from each row's start to its stop.</summary>
    /// <param name="y">[N, C, H, W], each row at the level of its start.</param>
    /// <param name="starts">Indices of levels.</param>
    /// <param name="stops">Indices of levels, above the starts.</param>
    /// <param name="condition">What the task observes of the rows, or null.</param>
    /// <param name="visit">Told of every state on the way, or null.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>A new float64 tensor: each row at the level of its stop.</returns>
    internal torch.Tensor Down(torch.Tensor y, int[] starts, int[] stops, Condition? condition = null, Visit? visit = null, CancellationToken cancellation = default)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var state = y.to(torch.float64, copy: true);
        for (var k = starts.Min(); k < stops.Max(); k++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(0, starts.Length).Where(i => starts[i] <= k && k < stops[i])];
            Move(state, rows, condition, (part, told) => Step(model, solver, part, grid[k], grid[k + 1], told), states => visit?.Invoke(k + 1, rows, states));
        }

        return scope.MoveToOuter(state);
    }

    /// <summary>Carries images, taken for states at the last stop level, up to each row's start, on a finer grid and with Heun's method.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="starts">Indices of levels.</param>
    /// <param name="condition">What the task observes of the rows, or null.</param>
    /// <param name="cancellation">Looked at before every interval of the grid.</param>
    /// <returns>A new float64 tensor.</returns>
    internal torch.Tensor Up(torch.Tensor images, int[] starts, Condition? condition = null, CancellationToken cancellation = default)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var state = images.to(torch.float64, copy: true);
        for (var k = grid.Count - 2; k > starts.Min(); k--)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(0, starts.Length).Where(i => starts[i] < k)];
            double[] rising = [.. Grids.Karras(grid[k], grid[k - 1], Refinement + 1).Reverse()];
            Move(state, rows, condition, (part, told) => Climb(part, rising, told), null);
        }

        return scope.MoveToOuter(state);
    }

    /// <summary>One step of a solver.</summary>
    internal static torch.Tensor Step(IDenoiser model, PairSolver solver, torch.Tensor y, double sigma, double next, Condition? condition = null) => solver switch
    {
        PairSolver.Heun => Solvers.HeunStep(model, y, sigma, next, condition),
        PairSolver.Euler => Solvers.EulerStep(model, y, sigma, next, condition),
        _ => DpmSolver2(model, y, sigma, next, condition),
    };

    // Lu et al. 2022, algorithm 1 with r = 1/2: to the middle in log sigma with the noise at the start, then all the way with the noise there.
    private static torch.Tensor DpmSolver2(IDenoiser model, torch.Tensor y, double sigma, double next, Condition? condition)
    {
        using var scope = torch.NewDisposeScope();
        var half = Math.Sqrt(sigma * next);
        var first = SolverEstimate.Of(SolverPrediction.Noise, model, y, sigma, condition);
        var toHalf = new ExponentialStep(SolverPrediction.Noise, sigma, half);
        var second = SolverEstimate.Of(SolverPrediction.Noise, model, toHalf.Advance(y, [first], toHalf.Moments(1)), half, condition);
        var whole = new ExponentialStep(SolverPrediction.Noise, sigma, next);
        return scope.MoveToOuter(whole.Advance(y, [second], whole.Moments(1)));
    }

    private torch.Tensor Climb(torch.Tensor state, double[] rising, Condition? condition)
    {
        foreach (var (from, to) in rising.Zip(rising.Skip(1)))
        {
            using var scope = torch.NewDisposeScope();
            state = scope.MoveToOuter(Solvers.HeunStep(model, state, from, to, condition));
        }

        return state;
    }

    private static void Move(torch.Tensor state, int[] rows, Condition? condition, Func<torch.Tensor, Condition?, torch.Tensor> step, Action<torch.Tensor>? visit)
    {
        if (rows.Length == 0)
        {
            return;
        }

        using var scope = torch.NewDisposeScope();
        var index = Index(rows, state.device);
        var next = step(state.index_select(0, index), Told(condition, index));
        state.index_copy_(0, index, next);
        visit?.Invoke(next);
    }

    /// <summary>Row numbers as a new int64 tensor.</summary>
    internal static torch.Tensor Index(int[] rows, torch.Device device) => torch.tensor(Array.ConvertAll(rows, i => (long)i)).to(device);

    /// <summary>What some rows are told.</summary>
    internal static Condition? Told(Condition? condition, torch.Tensor index) => condition is null
        ? null
        : new() { Channels = condition.Channels?.index_select(0, index), Labels = condition.Labels?.index_select(0, index) };
}
