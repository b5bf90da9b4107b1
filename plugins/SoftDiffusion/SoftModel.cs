namespace Dfx.SoftDiffusion;

/// <summary>A trained model of Soft Diffusion: x0 = x_t + sigma F(x_t, t) (Daras et al. 2023, Eq. 10, with the residual sigma F).</summary>
internal sealed class SoftModel : ICorruptionModel
{
    private const string NodesName = "schedule/nodes";
    private const double PositionalScale = 999;

    private readonly UNet _network;
    private readonly SoftCorruption _corruption;
    private readonly IPrior _prior;
    private readonly torch.Tensor _nodes;

    /// <param name="network">F, with float32 weights; disposing the model disposes it.</param>
    /// <param name="corruption">What it was trained on.</param>
    /// <param name="prior">What sampling starts from; disposing the model disposes it.</param>
    /// <param name="shape">The shape of the images.</param>
    internal SoftModel(UNet network, SoftCorruption corruption, IPrior prior, DataShape shape)
    {
        (_network, _corruption, _prior, Shape) = (network, corruption, prior, shape);
        _nodes = torch.tensor(corruption.Schedule.Nodes.AsSpan().ToArray()).DetachFromDisposeScope();
        _network.eval();
    }

    public ICorruption Corruption => _corruption;

    public DataShape Shape { get; }

    public IReadOnlyList<NetworkCard> Networks => [_network.Card];

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
    {
        using var inference = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var output = Predict(_network, x.@float(), t, condition).to(x.dtype);
        return scope.MoveToOuter(x.addcmul(output, Denoising.Rows(_corruption.Sigmas(t), x), 1));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => _prior.Draw(level, noise);

    public Checkpoint ToCheckpoint() => WithNodes(new(_network.state_dict()), _nodes);

    public void Dispose()
    {
        _network.Dispose();
        _prior.Dispose();
        _nodes.Dispose();
    }

    /// <summary>F(x, t): the network is told t, and not sigma, which is the same for most of the time. Positional embeddings are told 999 t.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">Corrupted images [N, C, H, W].</param>
    /// <param name="t">[N], any floating dtype.</param>
    /// <param name="condition">What the task observes, or null.</param>
    internal static torch.Tensor Predict(UNet network, torch.Tensor x, torch.Tensor t, Condition? condition)
    {
        using var scope = torch.NewDisposeScope();
        var label = network.Family == "ncsnpp" ? t : t * PositionalScale;
        return scope.MoveToOuter(network.call(x, label.to(x.dtype), NetworkInputs.Of(condition)));
    }

    /// <summary>Weights with the nodes of the schedule that they were trained on.</summary>
    internal static Checkpoint WithNodes(Checkpoint weights, torch.Tensor nodes) =>
        weights with { Tensors = weights.Tensors.Append(new(NodesName, nodes)).ToDictionary() };

    /// <summary>The nodes of the schedule, and the weights alone.</summary>
    internal static (double[] Nodes, Checkpoint Weights) Split(Checkpoint checkpoint) =>
        (checkpoint.Tensors[NodesName].data<double>().ToArray(),
        checkpoint with { Tensors = checkpoint.Tensors.Where(t => t.Key != NodesName).ToDictionary() });
}
