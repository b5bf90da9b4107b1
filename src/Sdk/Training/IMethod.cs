namespace Dfx.Sdk;

/// <summary>
/// A way to train a model. Its type has a <see cref="MethodAttribute"/>; the kind of model is the type argument, which hosts read to know
/// which samplers apply.
/// </summary>
/// <typeparam name="TModel"><see cref="IDenoiser"/>, <see cref="IVarianceDenoiser"/> or <see cref="ICorruptionModel"/>.</typeparam>
public interface IMethod<out TModel>
    where TModel : ITrainedModel
{
    /// <summary>
    /// Trains a model. Equal contexts give equal models, bit for bit on one device class and thread count. Options with
    /// <see cref="InferenceAttribute"/> have their defaults.
    /// </summary>
    /// <param name="context">Everything that training needs.</param>
    /// <returns>The model; the host disposes it.</returns>
    /// <exception cref="DivergedException">The loss or the weights are no longer finite.</exception>
    /// <exception cref="OperationCanceledException">The context's token asked to stop.</exception>
    TModel Train(TrainingContext context);

    /// <summary>
    /// Makes a model again from what <see cref="ITrainedModel.ToCheckpoint"/> gave. Options with <see cref="InferenceAttribute"/> have the values of the
    /// cell; all others are those that it was trained with.
    /// </summary>
    /// <param name="checkpoint">Tensors on the CPU; the model copies what it keeps.</param>
    /// <param name="context">The context that the model was trained in.</param>
    /// <returns>The model; the host disposes it.</returns>
    TModel Load(Checkpoint checkpoint, ModelContext context);
}
