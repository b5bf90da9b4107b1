namespace Dfx.Diffusion;

/// <summary>A trained denoiser: a network and the process that it was trained under.</summary>
public sealed class PreconditionedDenoiser : IDenoiser
{
    private readonly UNet _network;
    private readonly IProcess _process;

    /// <summary>Takes the network over and puts it into evaluation mode.</summary>
    /// <param name="network">The network, with float32 weights; disposing the denoiser disposes it.</param>
    /// <param name="process">Schedule and preconditioning.</param>
    /// <param name="shape">The shape of the images.</param>
    public PreconditionedDenoiser(UNet network, IProcess process, DataShape shape)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _process, Shape) = (network, process, shape);
        _network.eval();
    }

    /// <inheritdoc/>
    public INoiseSchedule Schedule => _process.Schedule;

    /// <inheritdoc/>
    public DataShape Shape { get; }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkCard> Networks => [_network.Card];

    /// <summary>Makes a denoiser from weights, such as those of <see cref="ToCheckpoint"/> or of the training loop.</summary>
    /// <param name="weights">The network's weights by name; they are copied.</param>
    /// <param name="model">What the network was made in.</param>
    /// <param name="process">The process that it was trained under.</param>
    /// <exception cref="InvalidOperationException">The names do not fit the network.</exception>
    /// <exception cref="ArgumentException">The shapes do not fit the network.</exception>
    public static PreconditionedDenoiser Load(Checkpoint weights, ModelContext model, IProcess process)
    {
        ArgumentNullException.ThrowIfNull(model);
        var network = UNets.For(model);
        network.Restore(weights);
        return new(network, process, model.Data.Shape);
    }

    /// <inheritdoc/>
    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var inference = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(_process.Denoise(_network, x.@float(), sigma, condition).to(x.dtype));
    }

    /// <inheritdoc/>
    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(noise.Normal() * level);
    }

    /// <inheritdoc/>
    public Checkpoint ToCheckpoint() => new(_network.state_dict());

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
