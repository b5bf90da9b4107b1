namespace Dfx.Compensation.Masking;

/// <summary>A network that restores x0 from m_t x0. It is told the time as 1000 t.</summary>
internal sealed class CsMaskModel : ICorruptionModel
{
    private const double LabelRange = 1000;

    private readonly UNet _network;
    private readonly TaskMask _corruption;

    /// <param name="network">R, with float32 weights; disposing the model disposes it.</param>
    /// <param name="corruption">The levels that it was trained on.</param>
    /// <param name="shape">The shape of the images.</param>
    internal CsMaskModel(UNet network, TaskMask corruption, DataShape shape)
    {
        (_network, _corruption, Shape) = (network, corruption, shape);
        _network.eval();
    }

    public ICorruption Corruption => _corruption;

    public DataShape Shape { get; }

    public IReadOnlyList<NetworkCard> Networks => [_network.Card];

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
    {
        using var inference = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Predict(_network, x.@float(), t, condition).to(x.dtype));
    }

    /// <summary>Nothing: what sampling starts from are the masked images, which the sampler has.</summary>
    public torch.Tensor Prior(double level, SampleNoise noise) => torch.zeros(Shape.Batch(noise.Count), noise.Dtype, noise.Device);

    public Checkpoint ToCheckpoint() => new(_network.state_dict());

    public void Dispose() => _network.Dispose();

    /// <summary>R(x_t, t), differentiable in the weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">Masked images [N, C, H, W], float32.</param>
    /// <param name="t">[N], any floating dtype.</param>
    /// <param name="condition">What the task observes.</param>
    internal static torch.Tensor Predict(UNet network, torch.Tensor x, torch.Tensor t, Condition? condition)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(network.call(x, (t * LabelRange).to(x.dtype), NetworkInputs.Of(condition)));
    }
}
