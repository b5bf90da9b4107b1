namespace Dfx.Baselines.Tests.Samplers;

/// <summary>A sampler for models with a variance, handed to tests of samplers for denoisers.</summary>
internal sealed class Adapted(ISampler<IVarianceDenoiser> sampler) : ISampler<IDenoiser>
{
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => sampler.Levels((IVarianceDenoiser)model, nfe);

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request) => sampler.Sample((IVarianceDenoiser)model, request);
}
