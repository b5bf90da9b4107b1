namespace Dfx.Diffusion;

/// <summary>
/// Solvers of the probability flow for any denoiser, step by step and along a list of levels, in EDM's frame y = x0 + sigma z. Samplers are made of the
/// steps; whoever needs a trajectory without a sampler, such as the training of a correction, takes the runs.
/// </summary>
public static class Solvers
{
    /// <summary>Euler's step. One evaluation.</summary>
    /// <param name="model">The model.</param>
    /// <param name="y">The state [N, C, H, W]; it is not changed.</param>
    /// <param name="sigma">Its level, positive.</param>
    /// <param name="next">The level to go to, 0 or more.</param>
    /// <param name="condition">What the task observes, or null; samplers leave it out.</param>
    /// <returns>A new tensor of the state's shape, dtype and device.</returns>
    public static torch.Tensor EulerStep(IDenoiser model, torch.Tensor y, double sigma, double next, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(y);
        return y.add(model.Slope(y, sigma, condition), next - sigma);
    }

    /// <summary>Heun's step of order 2 (Karras et al. 2022, algorithm 1). Two evaluations; to the clean level it is Euler's, with one.</summary>
    /// <inheritdoc cref="EulerStep"/>
    public static torch.Tensor HeunStep(IDenoiser model, torch.Tensor y, double sigma, double next, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(y);
        var slope = model.Slope(y, sigma, condition);
        var euler = y + (slope * (next - sigma));
        return next > 0 ? y + ((slope + model.Slope(euler, next, condition)) * (0.5 * (next - sigma))) : euler;
    }

    /// <summary>
    /// DDIM's step (Song, Meng and Ermon 2021, Eq. 12 and 16) from the estimate of the clean images. In the paper's frame x = a y with
    /// a = 1 / √(1 + sigma²) it is x' = a' x0 + √(s'² - c²) eps + c z; divided by a' it is the step here, where a is gone.
    /// </summary>
    /// <param name="clean">The estimate [N, C, H, W], clipped or not.</param>
    /// <param name="y">The state [N, C, H, W]; neither is changed.</param>
    /// <param name="sigma">Its level, positive.</param>
    /// <param name="next">The level to go to, 0 or more.</param>
    /// <param name="eta">0 is deterministic, 1 adds as much noise as DDPM.</param>
    /// <param name="draw">Standard normal noise of the state's shape: asked once if eta and the next level are above 0, else never.</param>
    /// <returns>A new tensor of the state's shape, dtype and device.</returns>
    public static torch.Tensor DdimStep(torch.Tensor clean, torch.Tensor y, double sigma, double next, double eta = 0, Func<torch.Tensor>? draw = null)
    {
        ArgumentNullException.ThrowIfNull(clean);
        ArgumentNullException.ThrowIfNull(y);
        var eps = (y - clean) / sigma;
        var fresh = eta * next * Math.Sqrt(1 - (next * next / (sigma * sigma)));
        var state = clean.add(eps, Math.Sqrt((next * next) - (fresh * fresh)));
        return fresh > 0 ? state.add_((draw ?? throw new ArgumentNullException(nameof(draw), "eta above 0 needs noise"))(), fresh) : state;
    }

    /// <summary>Euler's method along levels. N steps take N evaluations.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">The state [N, C, H, W] at the first level; it is not changed.</param>
    /// <param name="levels">Falling levels, at least one; the last one may be 0, the clean level.</param>
    /// <param name="condition">What the task observes, or null.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>A new tensor of the start's shape, dtype and device: the state at the last level.</returns>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    public static torch.Tensor Euler(
        IDenoiser model, torch.Tensor start, IReadOnlyList<double> levels, Condition? condition = null, CancellationToken cancellation = default) =>
        Run(start, levels, (y, step) => EulerStep(model, y, step.Level, step.Next, condition), cancellation);

    /// <summary>Heun's method along levels. N steps take 2 N evaluations, one less if the last level is clean.</summary>
    /// <inheritdoc cref="Euler"/>
    public static torch.Tensor Heun(
        IDenoiser model, torch.Tensor start, IReadOnlyList<double> levels, Condition? condition = null, CancellationToken cancellation = default) =>
        Run(start, levels, (y, step) => HeunStep(model, y, step.Level, step.Next, condition), cancellation);

    /// <summary>Deterministic DDIM along levels. N steps take N evaluations.</summary>
    /// <inheritdoc cref="Euler"/>
    public static torch.Tensor Ddim(
        IDenoiser model, torch.Tensor start, IReadOnlyList<double> levels, Condition? condition = null, CancellationToken cancellation = default) =>
        Run(start, levels, (y, step) => DdimStep(model.Clean(y, step.Level, condition), y, step.Level, step.Next), cancellation);

    /// <summary>Multistep DPM-Solver++ or DPM-Solver along levels, of order 1 in the first step. N steps take N evaluations.</summary>
    /// <param name="model">The model.</param>
    /// <param name="start">The state [N, C, H, W] at the first level; it is not changed.</param>
    /// <param name="levels">Falling levels, at least one; a last step to 0, the clean level, is the model's estimate.</param>
    /// <param name="order">The highest order, 1 to 3.</param>
    /// <param name="prediction">What changes slowly: the clean images as in DPM-Solver++, or the noise as in DPM-Solver.</param>
    /// <param name="condition">What the task observes, or null.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>A new tensor of the start's shape, dtype and device: the state at the last level.</returns>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    public static torch.Tensor Multistep(
        IDenoiser model,
        torch.Tensor start,
        IReadOnlyList<double> levels,
        int order = 2,
        SolverPrediction prediction = SolverPrediction.Data,
        Condition? condition = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, 3);
        var solver = new ExponentialMultistep(prediction, StepOrders.Multistep(order, levels.Count - 1, lowerFinal: false));
        return Run(start, levels, (y, step) => solver.Step(model, y, step, condition), cancellation);
    }

    private static torch.Tensor Run(
        torch.Tensor start, IReadOnlyList<double> levels, Func<torch.Tensor, SamplingStep, torch.Tensor> step, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return levels.Count > 0 && levels.Zip(levels.Skip(1)).All(pair => pair.First > pair.Second) && levels[^1] >= 0
            ? LevelWalk.Run(start, levels, levels.Count - 1, step, cancellation)
            : throw new ArgumentException($"Levels must fall, and not below 0: {string.Join(", ", levels)}", nameof(levels));
    }
}
