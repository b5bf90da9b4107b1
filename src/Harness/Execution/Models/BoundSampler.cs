using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>A sampler together with the model that it samples from: the one place where the kinds of model are told apart.</summary>
/// <param name="Model">The model as the sampler sees it, unmetered.</param>
/// <param name="Levels">The sampler's levels for a budget.</param>
/// <param name="Sample">Runs the sampler on the metered model.</param>
/// <param name="Sigma">The noise level at a level of the sampler, for corrections; null where the state is no point of sigma-space.</param>
internal sealed record BoundSampler(
    ITrainedModel Model,
    Func<int, IReadOnlyList<double>> Levels,
    Func<EvaluationMeter, SamplingRequest, torch.Tensor> Sample,
    Func<double, double?> Sigma)
{
    /// <summary>Binds a sampler to a model.</summary>
    /// <exception cref="NotApplicableException">The sampler does not accept the model's kind.</exception>
    internal static BoundSampler Of(object sampler, ITrainedModel model) => (sampler, model) switch
    {
        (ISampler<IVarianceDenoiser> s, IVarianceDenoiser m) => new(
            m, nfe => s.Levels(new MeteredVarianceDenoiser(m, None(m), null), nfe), (meter, r) => s.Sample(new MeteredVarianceDenoiser(m, meter, r.Condition), r), sigma => sigma),
        (ISampler<IDenoiser> s, IDenoiser m) => new(
            m, nfe => s.Levels(new MeteredDenoiser(m, None(m), null), nfe), (meter, r) => s.Sample(new MeteredDenoiser(m, meter, r.Condition), r), sigma => sigma),
        (ISampler<ICorruptionModel> s, ICorruptionModel m) => OfCorruption(s, m),
        (ISampler<ICorruptionModel> s, IDenoiser m) => OfCorruption(s, new DenoiserAsCorruption(m)),
        _ => throw new NotApplicableException($"{sampler.GetType().Name} does not accept a {model.GetType().Name}"),
    };

    private static BoundSampler OfCorruption(ISampler<ICorruptionModel> s, ICorruptionModel m) => new(
        m,
        nfe => s.Levels(new MeteredCorruptionModel(m, None(m), null), nfe),
        (meter, r) => s.Sample(new MeteredCorruptionModel(m, meter, r.Condition), r),
        t => m.Corruption.IsIdentity(t) ? m.Corruption.Sigma(t) : null);

    /// <summary>Levels are chosen without a look through the network: evaluations there would go uncounted.</summary>
    private static EvaluationMeter None(ITrainedModel model) => new(0, 1, model.Networks, CancellationToken.None);
}
