namespace Dfx.Sdk;

/// <summary>
/// Turns a trained model and a budget of network evaluations into samples. Its type has a <see cref="SamplerAttribute"/>; the kind of model
/// that it accepts is the type argument, and it may implement the interface for several.
/// </summary>
/// <typeparam name="TModel"><see cref="IDenoiser"/>, <see cref="IVarianceDenoiser"/> or <see cref="ICorruptionModel"/>.</typeparam>
public interface ISampler<in TModel>
    where TModel : ITrainedModel
{
    /// <summary>
    /// The levels that <see cref="Sample"/> will visit for a budget, from the noisiest down: sigma for denoisers, t for corruption models.
    /// It takes the most steps that fit the budget; using less than the budget is reported, using more is an error.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="nfe">The budget: evaluations of the main network an image, at least 1; a mere safety limit for adaptive samplers.</param>
    /// <returns>At least two levels; the last one is 0 if the sampler ends on clean images.</returns>
    /// <exception cref="NotApplicableException">The budget is too small, or the model lacks what the sampler needs.</exception>
    IReadOnlyList<double> Levels(TModel model, int nfe);

    /// <summary>Runs from the first level down to the level at <see cref="SamplingRequest.Stop"/>.</summary>
    /// <param name="model">The model, wrapped by the host, which counts its evaluations.</param>
    /// <param name="request">Levels, start, noise and the index to stop at.</param>
    /// <returns>A new tensor of the start's shape, dtype and device: the state at the stop level, in the model's coordinates.</returns>
    torch.Tensor Sample(TModel model, SamplingRequest request);
}
