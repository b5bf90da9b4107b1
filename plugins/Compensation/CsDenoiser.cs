namespace Dfx.Compensation;

/// <summary>
/// A denoiser that was trained with compensation. With generation it compensates while it samples: a step of DDIM with the exact weight is DDIM's step with
/// x̂0 - r̂ for x̂0, r̂ = sigma u, and so it is a denoiser that every sampler can use.
/// </summary>
internal sealed class CsDenoiser : IDenoiser
{
    private readonly PreconditionedDenoiser _main;
    private readonly DiscreteLevels _levels;
    private readonly CsGeneration _generation;

    /// <param name="main">The main network as a denoiser; disposing the model disposes it.</param>
    /// <param name="module">The module; disposing the model disposes its network.</param>
    /// <param name="levels">The steps of their schedule.</param>
    /// <param name="generation">Whether sampling compensates.</param>
    internal CsDenoiser(PreconditionedDenoiser main, CsModule module, DiscreteLevels levels, CsGeneration generation)
    {
        (_main, Module, _levels, _generation) = (main, module, levels, generation);
        Module.Network.eval();
    }

    internal CsModule Module { get; }

    public INoiseSchedule Schedule => _main.Schedule;

    public DataShape Shape => _main.Shape;

    public IReadOnlyList<NetworkCard> Networks => _generation == CsGeneration.Off ? _main.Networks : [.. _main.Networks, Module.Network.Card];

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        if (_generation == CsGeneration.Off)
        {
            return _main.Denoise(x, sigma, condition);
        }

        using var inference = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var y = x.@float();
        var clean = _main.Denoise(y, sigma, condition);
        return scope.MoveToOuter((clean - Correction(y, clean, sigma.@double(), condition)).to(x.dtype));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => _main.Prior(level, noise);

    public Checkpoint ToCheckpoint() => new(
        Named(CsRollout.Main, _main.ToCheckpoint().Tensors).Concat(Named(CsModule.Name, Module.Network.state_dict())).ToDictionary());

    public void Dispose()
    {
        _main.Dispose();
        Module.Network.Dispose();
    }

    // r̂ = sigma u with the exact weight; the paper's weight is the share w / w_d of it.
    private torch.Tensor Correction(torch.Tensor y, torch.Tensor clean, torch.Tensor sigma, Condition? condition)
    {
        var next = _levels.NextSigma(sigma);
        var eps = (y - clean) / Denoising.Rows(sigma, y);
        var u = Module.Residual(new(y * Denoising.Rows(Compensation.Signal(sigma), y), clean, eps, sigma, next, condition), eps);
        var share = _generation == CsGeneration.Exact ? sigma : sigma * Compensation.Weight(sigma, next) / Compensation.DdimWeight(sigma, next);
        return u * Denoising.Rows(share, u);
    }

    private static IEnumerable<KeyValuePair<string, torch.Tensor>> Named(string prefix, IEnumerable<KeyValuePair<string, torch.Tensor>> tensors) =>
        tensors.Select(t => KeyValuePair.Create($"{prefix}/{t.Key}", t.Value));
}
