using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>A Gaussian denoiser that also gives its variance, v sigma^2 / (v + sigma^2).</summary>
internal sealed class UncertainGaussian(torch.Tensor mean, torch.Tensor variance, DataShape shape)
    : GaussianDenoiser(mean, variance, shape), IVarianceDenoiser
{
    internal static new UncertainGaussian From(torch.Tensor mean, torch.Tensor variance, ModelContext context) =>
        new(Copy(mean, context), Copy(variance, context), context.Data.Shape);

    public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) =>
        Posterior(x, sigma);
}
