namespace Dfx.Compensation.Masking;

/// <summary>
/// Restores masked images with a model of <c>cs-mask</c>: from the known pixels at t = T by x_s = x_t + (m_s - m_t) x̂0, which is Eq. 13 of Lu, Salah and Poppe 2024
/// without its term. N levels, every k-th of T with the smallest k for which they fit the budget, take N evaluations. It draws no noise.
/// </summary>
[Sampler("cs-mask", "Soft masks (Cold Diffusion's step)", Paper = "Lu, Salah and Poppe, ECCV 2024")]
public sealed class CsMaskSampler : ISampler<ICorruptionModel>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(ICorruptionModel model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var steps = model.Corruption is TaskMask mask
            ? mask.Steps
            : throw new NotApplicableException("cs-mask samples from models of the method cs-mask, whose corruption is the task's mask.");
        var stride = (steps + nfe - 1) / nfe;
        return [.. Enumerable.Range(0, (steps + stride - 1) / stride).Select(i => (double)(steps - (i * stride)) / steps), 0];
    }

    /// <inheritdoc/>
    /// <exception cref="NotApplicableException">The task tells no mask.</exception>
    public torch.Tensor Sample(ICorruptionModel model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Condition is not { Known: { } known, Mask: { } told })
        {
            throw new NotApplicableException("cs-mask restores what a mask hides, and the task tells no mask.");
        }

        using var scope = torch.NewDisposeScope();
        var mask = told.to(request.Start.dtype, request.Start.device);
        var masked = request with { Start = known.to(request.Start.dtype, request.Start.device) };
        return scope.MoveToOuter(masked.Walk((x, step) =>
        {
            var t = request.Fill(step.Level);
            return SoftMask.Step(x, model.Restore(x, t), mask, t, request.Fill(step.Next));
        }));
    }
}
