namespace Dfx.Diffusion;

/// <summary>A denoiser that was trained on patches and sees whole images with the coordinates of all their pixels.</summary>
public sealed class PatchDenoiser : IDenoiser
{
    private readonly PreconditionedDenoiser _denoiser;
    private readonly torch.Tensor _coordinates;

    /// <summary>Takes a denoiser over.</summary>
    /// <param name="denoiser">A denoiser with two further input channels; disposing this model disposes it.</param>
    /// <param name="device">Where it lives.</param>
    public PatchDenoiser(PreconditionedDenoiser denoiser, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(denoiser);
        (_denoiser, _coordinates) = (denoiser, Patches.Coordinates(denoiser.Shape, device).DetachFromDisposeScope());
    }

    /// <summary>Makes a model of weights, such as those of <see cref="ToCheckpoint"/> or of the training loop.</summary>
    /// <param name="weights">The network's weights by name; they are copied.</param>
    /// <param name="model">What it was trained in.</param>
    /// <param name="process">The process that it was trained under.</param>
    /// <inheritdoc cref="PreconditionedDenoiser.Load" path="/exception"/>
    public static PatchDenoiser Load(Checkpoint weights, ModelContext model, IProcess process)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(PreconditionedDenoiser.Load(weights, WiderTask.Widen(model, Patches.CoordinateChannels), process), model.Device);
    }

    /// <inheritdoc/>
    public INoiseSchedule Schedule => _denoiser.Schedule;

    /// <inheritdoc/>
    public DataShape Shape => _denoiser.Shape;

    /// <inheritdoc/>
    public IReadOnlyList<NetworkCard> Networks => _denoiser.Networks;

    /// <inheritdoc/>
    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = torch.NewDisposeScope();
        var place = WiderTask.Extended(condition, _coordinates.expand(x.shape[0], -1, -1, -1));
        return scope.MoveToOuter(_denoiser.Denoise(x, sigma, place));
    }

    /// <inheritdoc/>
    public torch.Tensor Prior(double level, SampleNoise noise) => _denoiser.Prior(level, noise);

    /// <inheritdoc/>
    public Checkpoint ToCheckpoint() => _denoiser.ToCheckpoint();

    /// <summary>Gives denoiser and coordinates free.</summary>
    public void Dispose()
    {
        _coordinates.Dispose();
        _denoiser.Dispose();
    }
}
