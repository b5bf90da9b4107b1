namespace Dfx.Baselines;

/// <summary>A denoiser with a variance for every pixel from a second network: sigma² (h - eps²), or sigma² h if h is a residual.</summary>
internal sealed class SnDenoiser : IVarianceDenoiser
{
    private readonly IDenoiser _source;
    private readonly UNet _network;
    private readonly MomentProcess _process;
    private readonly bool _npr;
    private readonly double _limit;

    /// <param name="source">The denoiser, which the host disposes.</param>
    /// <param name="network">The second network; disposing this model disposes it.</param>
    /// <param name="npr">Whether h is the squared residual of the noise.</param>
    /// <param name="limit">The most that the variance can be.</param>
    internal SnDenoiser(IDenoiser source, UNet network, bool npr, double limit)
    {
        (_source, _network, _npr, _limit) = (source, network, npr, limit);
        _process = new(source.Schedule);
        _network.eval();
    }

    public INoiseSchedule Schedule => _source.Schedule;

    public DataShape Shape => _source.Shape;

    public IReadOnlyList<NetworkCard> Networks => [.. _source.Networks, _network.Card];

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => _source.Denoise(x, sigma, condition);

    public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var inference = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var mean = _source.Denoise(x, sigma, condition);
        var eps = (x - mean) / Denoising.Rows(sigma, x);
        var moment = _process.Denoise(_network, x.@float(), sigma, WiderTask.Extended(condition, eps.@float())).to(x.dtype);
        var variance = (_npr ? moment : moment - eps.square()) * Denoising.Rows(sigma.square(), x);
        return (scope.MoveToOuter(mean), scope.MoveToOuter(variance.clamp(0, _limit)));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => _source.Prior(level, noise);

    public Checkpoint ToCheckpoint() => new(_network.state_dict());

    public void Dispose() => _network.Dispose();

    /// <summary>A new second network, which sees eps beside x.</summary>
    internal static UNet Network(ModelContext context) =>
        UNets.For(WiderTask.Widen(context, context.Data.Shape.Channels), "variance", role: NetworkRole.Auxiliary);
}
