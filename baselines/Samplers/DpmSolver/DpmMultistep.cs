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
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        using var scope = torch.NewDisposeScope();
        var steps = request.Levels.Count(sigma => sigma > 0) - 1;
        var orders = StepOrders.Multistep(options.Order, steps, options.LowerOrderFinal && steps < ManySteps);
        var known = new RecentEstimates(options.Order);
        var y = request.Start.clone();
        foreach (var (i, sigma, next) in request.Steps())
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var step = torch.NewDisposeScope();
            if (next == 0)
            {
                y.copy_(model.Denoise(y, request.Fill(sigma)));
                continue;
            }

            known.Add(Estimate.Of(prediction, model, request, y, sigma));
            var exponential = new ExponentialStep(prediction, sigma, next);
            y.copy_(exponential.Advance(y, known.Newest(orders[i]), Moments(exponential, orders[i])));
        }

        return scope.MoveToOuter(y);
    }

    // At order 3 the authors' code takes (m_n - 2 m_(n-1) + m_(n-2)) / 2 for the second derivative, in units of equal steps.
    private double[] Moments(ExponentialStep step, int order) => (options.SolverType, order) switch
    {
        (DpmSolverType.DpmSolver, 3) => [step.Phi(1), step.Phi(2), step.Phi(3)],
        _ => options.Moments(step, order),
    };
}
