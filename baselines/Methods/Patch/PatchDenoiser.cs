namespace Dfx.Baselines;

/// <summary>A denoiser that was trained on patches and sees whole images with the coordinates of all their pixels.</summary>
internal sealed class PatchDenoiser : IDenoiser
{
    /// <summary>How many channels the coordinates have.</summary>
    internal const int Channels = 2;

    private readonly PreconditionedDenoiser _denoiser;
    private readonly torch.Tensor _coordinates;

    /// <param name="denoiser">A denoiser with two further input channels; disposing this model disposes it.</param>
    /// <param name="device">Where it lives.</param>
    internal PatchDenoiser(PreconditionedDenoiser denoiser, torch.Device device) =>
        (_denoiser, _coordinates) = (denoiser, Patches.Coordinates(denoiser.Shape, device).DetachFromDisposeScope());

    public INoiseSchedule Schedule => _denoiser.Schedule;

    public DataShape Shape => _denoiser.Shape;

    public IReadOnlyList<NetworkCard> Networks => _denoiser.Networks;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        var place = WiderTask.Extended(condition, _coordinates.expand(x.shape[0], -1, -1, -1));
        return scope.MoveToOuter(_denoiser.Denoise(x, sigma, place));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => _denoiser.Prior(level, noise);

    public Checkpoint ToCheckpoint() => _denoiser.ToCheckpoint();

    public void Dispose()
    {
        _coordinates.Dispose();
        _denoiser.Dispose();
    }
}
