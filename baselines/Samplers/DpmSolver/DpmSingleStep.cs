namespace Dfx.Baselines;

/// <summary>Single-step DPM-Solver (Lu et al. 2022a, algorithms 1 and 2) and DPM-Solver++ (Lu et al. 2022b, algorithm 1).</summary>
internal sealed class DpmSingleStep(string id, SolverPrediction prediction, DpmSolverOptions options) : ISampler<IDenoiser>
{
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var orders = Orders(nfe);
        // In equal steps of log-SNR all steps of DPM-Solver-fast are equally long; on the other grids all evaluations are equally far apart.
        return options.ThenEnd(options.Grid == SolverGrid.LogSnr
            ? options.Levels(model.Schedule, orders.Length + 1)
            : Outer(options.Levels(model.Schedule, orders.Sum() + 1), orders));
    }

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var orders = Orders(request.Nfe);
        if (orders.Length != request.Levels.Count(sigma => sigma > 0) - 1)
        {
            throw new ArgumentException($"The {request.Levels.Count} levels are not those of a budget of {request.Nfe} evaluations.", nameof(request));
        }

        return request.Walk(options.Known, (y, step) => step.Next == 0
            ? model.Clean(y, step.Level)
            : Step(options.Grid.Between(model.Schedule, step.Level, step.Next, orders[step.Index] + 1), y, (x, s) => SolverEstimate.Of(prediction, model, x, s)));
    }

    // A step of order q has q - 1 stages between its ends, each reached with all estimates before it.
    private torch.Tensor Step(double[] stages, torch.Tensor y, Func<torch.Tensor, double, SolverEstimate> estimate)
    {
        List<SolverEstimate> known = [estimate(y, stages[0])];
        foreach (var stage in stages[1..^1])
        {
            var part = new ExponentialStep(prediction, stages[0], stage);
            known.Add(estimate(part.Advance(y, known, part.Moments(known.Count)), stage));
        }

        var whole = new ExponentialStep(prediction, stages[0], stages[^1]);
        return options.SolverType == DpmSolverType.DpmSolver && known.Count == 3
            ? whole.Advance(y, [known[0], known[2]], whole.Moments(2))
            : whole.Advance(y, known, options.Moments(whole, known.Count));
    }

    private int[] Orders(int nfe) => options.Method == DpmSolverMethod.SingleStep
        ? StepOrders.Fast(options.Order, options.Evaluations(id, nfe, 1))
        : StepOrders.Fixed(options.Order, options.Evaluations(id, nfe, options.Order));

    private static double[] Outer(double[] levels, int[] orders)
    {
        var index = 0;
        return [levels[0], .. orders.Select(order => levels[index += order])];
    }
}
