namespace Dfx.Baselines;

/// <summary>
/// The probability flow ODE in EDM's frame: dy/dsigma = (y - D(y; sigma)) / sigma = eps, the predicted noise (Karras et al. 2022, Eq. 1
/// and 3; Zhang and Chen 2023, proposition 3, where sigma is called rho).
/// </summary>
internal static class ProbabilityFlow
{
    /// <summary>dy/dsigma at a state, for one evaluation of the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The request that the state belongs to.</param>
    /// <param name="y">The state [N, C, H, W].</param>
    /// <param name="sigma">Its level, positive.</param>
    /// <returns>A new tensor of the state's shape, dtype and device.</returns>
    /// <exception cref="OperationCanceledException">The request asks to stop.</exception>
    internal static torch.Tensor Slope(this IDenoiser model, SamplingRequest request, torch.Tensor y, double sigma)
    {
        request.Cancellation.ThrowIfCancellationRequested();
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((y - model.Denoise(y, request.Fill(sigma))).div_(sigma));
    }

    /// <summary>The noise that a model predicts in the image of a state when it is told another level than the state's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The request that the state belongs to.</param>
    /// <param name="y">The state [N, C, H, W]; its image is x = s(sigma) y.</param>
    /// <param name="sigma">The state's level, positive.</param>
    /// <param name="told">The level that the model is told, positive.</param>
    /// <returns>A new tensor of the state's shape, dtype and device.</returns>
    /// <exception cref="OperationCanceledException">The request asks to stop.</exception>
    internal static torch.Tensor Slope(this IDenoiser model, SamplingRequest request, torch.Tensor y, double sigma, double told)
    {
        if (told == sigma)
        {
            return model.Slope(request, y, sigma);
        }

        using var image = y * (model.Schedule.ScaleAt(sigma) / model.Schedule.ScaleAt(told));
        return model.Slope(request, image, told);
    }

    /// <summary>The weighted sum of slopes: a new tensor of their shape, dtype and device.</summary>
    /// <param name="slopes">The slopes; those behind the last weight are left out.</param>
    /// <param name="weights">A weight a slope, at least one.</param>
    internal static torch.Tensor Combine(this IReadOnlyList<torch.Tensor> slopes, IReadOnlyList<double> weights)
    {
        var sum = slopes[0] * weights[0];
        for (var j = 1; j < weights.Count; j++)
        {
            sum.add_(slopes[j], weights[j]);
        }

        return sum;
    }
}
