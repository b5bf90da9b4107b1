namespace Dfx.Diffusion;

/// <summary>Noise labels [N] as sines and cosines [N, C]: the positional embedding of Vaswani et al. 2017.</summary>
internal static class PositionalWaves
{
    private const double MaxPeriod = 10000;

    /// <summary>Frequencies from 1 geometrically to 1 / 10000, which DDPM++ reaches with the last one and ADM would reach with the next.</summary>
    internal static torch.Tensor Of(torch.Tensor labels, int channels, bool reachesEnd)
    {
        var half = channels / 2;
        var step = -Math.Log(MaxPeriod) / (reachesEnd ? half - 1 : half);
        return labels.unsqueeze(1) * (torch.arange(half, labels.dtype, labels.device) * step).exp();
    }
}

/// <summary>Noise labels [N] as angles of random frequencies (Tancik et al. 2020): NCSN++'s Fourier features.</summary>
internal sealed class FourierWaves : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private const double Scale = 16;
    private readonly torch.Tensor freqs;

    internal FourierWaves(InitialWeights initial, int channels)
        : base(nameof(FourierWaves))
    {
        freqs = initial.Normal(Scale, channels / 2);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => input.unsqueeze(1) * (2 * Math.PI * freqs).to(input.dtype);
}
