namespace Dfx.Compensation;

/// <summary>
/// A denoiser that was trained with compensation. With generation it compensates while it samples: a step of DDIM with the exact weight is DDIM's step with
/// x̂0 - r̂ for x̂0, r̂ = sigma u, and so it is a denoiser that every sampler can use.
/// </summary>
internal sealed class CsDenoiser : IDenoiser
{
    private readonly UNet _main;
    private readonly CsModule _module;
    private readonly DdpmProcess _process;
    private readonly DiscreteLevels _levels;
    private readonly CsGeneration _generation;

    /// <param name="main">The main network; disposing the model disposes it.</param>
    /// <param name="module">The module; disposing the model disposes its network.</param>
    /// <param name="process">What both were trained under.</param>
    /// <param name="levels">The steps of its schedule.</param>
    /// <param name="generation">Whether sampling compensates.</param>
    /// <param name="shape">The shape of the images.</param>
    internal CsDenoiser(UNet main, CsModule module, DdpmProcess process, DiscreteLevels levels, CsGeneration generation, DataShape shape)
    {
        (_main, _module, _process, _levels, _generation, Shape) = (main, module, process, levels, generation, shape);
        _main.eval();
        _module.Network.eval();
    }

    internal CsModule Module => _module;

    public INoiseSchedule Schedule => _process.Schedule;

    public DataShape Shape { get; }

    public IReadOnlyList<NetworkCard> Networks => _generation == CsGeneration.Off ? [_main.Card] : [_main.Card, _module.Network.Card];

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var inference = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var y = x.@float();
        var clean = _process.Denoise(_main, y, sigma, condition);
        return scope.MoveToOuter((_generation == CsGeneration.Off ? clean : clean - Correction(y, clean, sigma.@double(), condition)).to(x.dtype));
    }

    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(noise.Normal() * level);
    }

    public Checkpoint ToCheckpoint() => new(
        Named(CsRollout.Main, _main).Concat(Named(CsModule.Name, _module.Network)).ToDictionary());

    public void Dispose()
    {
        _main.Dispose();
        _module.Network.Dispose();
    }

    // r̂ = sigma u with the exact weight; the paper's weight is the share w / w_d of it.
    private torch.Tensor Correction(torch.Tensor y, torch.Tensor clean, torch.Tensor sigma, Condition? condition)
    {
        var next = _levels.NextSigma(sigma);
        var eps = (y - clean) / Denoising.Rows(sigma, y);
        var u = _module.Residual(new(y * Denoising.Rows(Compensation.Signal(sigma), y), clean, eps, sigma, next, condition), eps);
        var share = _generation == CsGeneration.Exact ? sigma : sigma * Compensation.Weight(sigma, next) / Compensation.DdimWeight(sigma, next);
        return u * Denoising.Rows(share, u);
    }

    private static IEnumerable<KeyValuePair<string, torch.Tensor>> Named(string prefix, UNet network) =>
        network.state_dict().Select(t => KeyValuePair.Create($"{prefix}/{t.Key}", t.Value));
}
