namespace Dfx.Diffusion;

/// <summary>
/// The probability flow ODE in EDM's frame: dy/dsigma = (y - D(y; sigma)) / sigma = eps, the predicted noise (Karras et al. 2022, Eq. 1
/// and 3; Zhang and Chen 2023, proposition 3, where sigma is called rho).
/// </summary>
public static class ProbabilityFlow
{
    /// <summary>The estimate of the clean images of states that all have one level, for one evaluation of the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="y">The states [N, C, H, W].</param>
    /// <param name="sigma">Their level, positive.</param>
    /// <param name="condition">What the task observes, or null; samplers leave it out.</param>
    /// <returns>A new tensor of the states' shape, dtype and device.</returns>
    public static torch.Tensor Clean(this IDenoiser model, torch.Tensor y, double sigma, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(y);
        using var levels = torch.full([y.shape[0]], sigma, y.dtype, y.device);
        return model.Denoise(y, levels, condition);
    }

    /// <summary>dy/dsigma at states of one level, for one evaluation of the model.</summary>
    /// <inheritdoc cref="Clean"/>
    public static torch.Tensor Slope(this IDenoiser model, torch.Tensor y, double sigma, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(y);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((y - model.Clean(y, sigma, condition)).div_(sigma));
    }

    /// <summary>The noise that a model predicts in the images of states when it is told another level than the states'.</summary>
    /// <param name="model">The model.</param>
    /// <param name="y">The states [N, C, H, W]; their images are x = s(sigma) y.</param>
    /// <param name="sigma">The states' level, positive.</param>
    /// <param name="told">The level that the model is told, positive.</param>
    /// <param name="condition">What the task observes, or null; samplers leave it out.</param>
    /// <returns>A new tensor of the states' shape, dtype and device.</returns>
    public static torch.Tensor SlopeTold(this IDenoiser model, torch.Tensor y, double sigma, double told, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(y);
        if (told == sigma)
        {
            return model.Slope(y, sigma, condition);
        }

        using var image = y * (model.Schedule.ScaleAt(sigma) / model.Schedule.ScaleAt(told));
        return model.Slope(image, told, condition);
    }

    /// <summary>The weighted sum of slopes: a new tensor of their shape, dtype and device.</summary>
    /// <param name="slopes">The slopes; those behind the last weight are left out.</param>
    /// <param name="weights">A weight a slope, at least one.</param>
    public static torch.Tensor Combine(this IReadOnlyList<torch.Tensor> slopes, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(slopes);
        ArgumentNullException.ThrowIfNull(weights);
        var sum = slopes[0] * weights[0];
        for (var j = 1; j < weights.Count; j++)
        {
            sum.add_(slopes[j], weights[j]);
        }

        return sum;
    }
}
