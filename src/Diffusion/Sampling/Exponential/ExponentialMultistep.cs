namespace Dfx.Diffusion;

/// <summary>
/// The steps of a multistep exponential integrator (Lu et al. 2022b, algorithm 2, "2M"; order 3 through the last three estimates): one evaluation each, and
/// a last step to the clean level is the model's estimate.
/// </summary>
/// <param name="prediction">What changes slowly: the clean images as in DPM-Solver++, or the noise as in DPM-Solver.</param>
/// <param name="orders">The order of every step: see <see cref="StepOrders.Multistep"/>.</param>
/// <param name="moments">What a step of an order takes for the integrals of 1, r, …; null for the exact ones.</param>
public sealed class ExponentialMultistep(SolverPrediction prediction, IReadOnlyList<int> orders, Func<ExponentialStep, int, double[]>? moments = null)
{
    private readonly RecentEstimates _known = new(orders.Append(1).Max());

    /// <summary>Takes a step, in the dispose scope of a walk's step.</summary>
    /// <param name="model">The model.</param>
    /// <param name="y">The state [N, C, H, W]; it is not changed.</param>
    /// <param name="step">Which step, from which level to which.</param>
    /// <param name="condition">What the task observes, or null; samplers leave it out.</param>
    /// <returns>A new tensor of the state's shape, dtype and device.</returns>
    public torch.Tensor Step(IDenoiser model, torch.Tensor y, SamplingStep step, Condition? condition = null)
    {
        if (step.Next == 0)
        {
            return model.Clean(y, step.Level, condition);
        }

        _known.Add(SolverEstimate.Of(prediction, model, y, step.Level, condition));
        var (exponential, order) = (new ExponentialStep(prediction, step.Level, step.Next), orders[step.Index]);
        return exponential.Advance(y, _known.Newest(order), moments?.Invoke(exponential, order) ?? exponential.Moments(order));
    }
}
