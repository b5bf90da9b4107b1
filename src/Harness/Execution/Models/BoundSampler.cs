using System.Reflection;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>A sampler together with the model that it samples from: the one place where the kinds of model are told apart.</summary>
/// <param name="Model">The model as the sampler sees it, unmetered.</param>
/// <param name="Levels">The sampler's levels for a budget.</param>
/// <param name="Sample">Runs the sampler on the metered model.</param>
/// <param name="Sigma">The noise level at a level of the sampler, for corrections; null where the state is no point of sigma-space.</param>
/// <param name="Target">The metered model as a denoiser, for corrections; null if it is none.</param>
internal sealed record BoundSampler(
    ITrainedModel Model,
    Func<int, IReadOnlyList<double>> Levels,
    Func<EvaluationMeter, SamplingRequest, torch.Tensor> Sample,
    Func<double, double?> Sigma,
    Func<EvaluationMeter, Condition?, IDenoiser?> Target)
{
    /// <summary>Binds a sampler to a model.</summary>
    /// <exception cref="NotApplicableException">The sampler does not accept the model's kind.</exception>
    internal static BoundSampler Of(object sampler, ITrainedModel model) => (sampler, model) switch
    {
        (ISampler<IVarianceDenoiser> s, IVarianceDenoiser m) => Of(s, m, (meter, condition) => new MeteredVarianceDenoiser(m, meter, condition)),
        (ISampler<IDenoiser> s, IDenoiser m) => Of(s, m, (meter, condition) => new MeteredDenoiser(m, meter, condition)),
        (ISampler<ICorruptionModel> s, ICorruptionModel m) => OfCorruption(s, m),
        (ISampler<ICorruptionModel> s, IDenoiser m) => OfCorruption(s, new DenoiserAsCorruption(m)) with
        {
            Target = (meter, condition) => new MeteredDenoiser(m, meter, condition),
        },
        _ => throw new NotApplicableException($"{sampler.GetType().Name} does not accept a {model.GetType().Name}"),
    };

    private static BoundSampler Of<TModel>(ISampler<TModel> s, TModel m, Func<EvaluationMeter, Condition?, TModel> metered)
        where TModel : IDenoiser => new(
        m, nfe => s.Levels(metered(None(m), null), nfe), (meter, r) => s.Sample(metered(meter, Told(s, r)), r), sigma => sigma, (meter, condition) => metered(meter, condition));

    private static BoundSampler OfCorruption(ISampler<ICorruptionModel> s, ICorruptionModel m) => new(
        m,
        nfe => s.Levels(new MeteredCorruptionModel(m, None(m), null), nfe),
        (meter, r) => s.Sample(new MeteredCorruptionModel(m, meter, Told(s, r)), r),
        t => m.Corruption.IsIdentity(t) ? m.Corruption.Sigma(t) : null,
        (_, _) => null);

    /// <summary>A model of plain generation is told nothing: its sampler imposes what is known.</summary>
    private static Condition? Told(object sampler, SamplingRequest request) => Imposes(sampler) ? null : request.Condition;

    private static bool Imposes(object sampler) => sampler.GetType().GetCustomAttribute<SamplerAttribute>() is { ImposesKnown: true };

    /// <summary>Levels are chosen without a look through the network: evaluations there would go uncounted.</summary>
    private static EvaluationMeter None(ITrainedModel model) => new(0, 1, model.Networks, CancellationToken.None);
}
