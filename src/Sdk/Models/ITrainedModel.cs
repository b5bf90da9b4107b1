namespace Dfx.Sdk;

/// <summary>A model that samplers can use: an <see cref="IDenoiser"/> or an <see cref="ICorruptionModel"/>.</summary>
/// <remarks>Its networks are in evaluation mode and its weights the averaged ones, where the method keeps an average.</remarks>
public interface ITrainedModel : IDisposable
{
    /// <summary>The shape of the images that it makes.</summary>
    DataShape Shape { get; }

    /// <summary>Its networks, the main one first.</summary>
    IReadOnlyList<NetworkCard> Networks { get; }

    /// <summary>A draw from the distribution that sampling starts from.</summary>
    /// <param name="level">The first of the sampler's levels: sigma for a denoiser, t for a corruption model.</param>
    /// <param name="noise">The samples' own noise; it decides shape, dtype and device. A Gaussian prior takes its first normal draw.</param>
    /// <returns>A new tensor [N, C, H, W] of the noise's dtype, on its device.</returns>
    torch.Tensor Prior(double level, SampleNoise noise);

    /// <summary>Everything that <see cref="IMethod{TModel}.Load"/> needs to make an equal model.</summary>
    /// <returns>Tensors that stay valid as long as the model does; the caller does not change them.</returns>
    Checkpoint ToCheckpoint();
}
