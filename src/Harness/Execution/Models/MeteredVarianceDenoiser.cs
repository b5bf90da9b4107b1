using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>A metered denoiser whose variance is one evaluation together with its mean.</summary>
internal sealed class MeteredVarianceDenoiser(IVarianceDenoiser model, EvaluationMeter meter, Condition? condition)
    : MeteredDenoiser(model, meter, condition), IVarianceDenoiser
{
    private readonly EvaluationMeter _meter = meter;
    private readonly Condition? _condition = condition;

    public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? given = null)
    {
        var (mean, variance) = _meter.Call(x.shape[0], sigma, () => model.DenoiseWithVariance(x, sigma, given ?? _condition));
        return (TensorFault.SameShape(mean, x, "the model's mean"), variance);
    }
}
