namespace Dfx.Sdk;

/// <summary>
/// Trains a correction on a source model, to be applied to the end of any target model's trajectory (Zhang et al. 2024, "Residual Learning
/// in Diffusion Models"). Its type has a <see cref="CorrectionAttribute"/>.
/// </summary>
public interface ICorrection
{
    /// <summary>
    /// Trains on the trajectories of the source. Options with <see cref="InferenceAttribute"/> have their defaults. It keeps a checkpoint (<see cref="ITrainingHost.Keep"/>) at each of the settings' fractions below 1; the host
    /// keeps the last one.
    /// </summary>
    /// <param name="context">The frozen source, data, settings and the host.</param>
    /// <returns>The correction; the host disposes it.</returns>
    /// <exception cref="DivergedException">The loss or the weights are no longer finite.</exception>
    /// <exception cref="NotApplicableException">The source or the teacher lacks what the correction needs.</exception>
    ITrainedCorrection Train(CorrectionContext context);

    /// <summary>
    /// Makes a correction again from what <see cref="ITrainedCorrection.ToCheckpoint"/> gave. Options with <see cref="InferenceAttribute"/> have the values of what uses it.
    /// </summary>
    /// <param name="checkpoint">Tensors on the CPU; the correction copies what it keeps.</param>
    /// <param name="context">The context that it was trained in.</param>
    ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context);
}
