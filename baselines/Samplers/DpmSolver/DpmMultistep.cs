namespace Dfx.Baselines;

/// <summary>Multistep DPM-Solver and DPM-Solver++ (Lu et al. 2022b, algorithm 2; order 3 as in the authors' code): N steps take N evaluations.</summary>
internal sealed class DpmMultistep(string id, SolverPrediction prediction, DpmSolverOptions options) : ISampler<IDenoiser>
{
    private const int ManySteps = 10;

    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return options.ThenEnd(options.Levels(model.Schedule, options.Evaluations(id, nfe, options.Order) + 1));
    }

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var steps = request.Levels.Count(sigma => sigma > 0) - 1;
        var orders = StepOrders.Multistep(options.Order, steps, options.LowerOrderFinal && steps < ManySteps);
        var solver = new ExponentialMultistep(prediction, orders, Moments);
        return request.Walk(options.Known, (y, step) => solver.Step(model, y, step));
    }

    // At order 3 the authors' code takes (m_n - 2 m_(n-1) + m_(n-2)) / 2 for the second derivative, in units of equal steps.
    private double[] Moments(ExponentialStep step, int order) => (options.SolverType, order) switch
    {
        (DpmSolverType.DpmSolver, 3) => [step.Phi(1), step.Phi(2), step.Phi(3)],
        _ => options.Moments(step, order),
    };
}
