namespace Dfx.Baselines;

/// <summary>Noise that is added to reach a higher level before a step (Karras et al. 2022, algorithm 2, lines 4 to 6).</summary>
/// <param name="Amount">S_churn; 0 for none, and then nothing is drawn.</param>
/// <param name="Min">S_min, the lowest level at which noise is added.</param>
/// <param name="Max">S_max, the highest one; null for no limit.</param>
/// <param name="Noise">S_noise, the standard deviation relative to that of the level.</param>
internal sealed record Churn(double Amount, double Min, double? Max, double Noise)
{
    /// <summary>The raised level and the state there. It draws once at every level, whether noise is added there or not.</summary>
    internal (double Sigma, torch.Tensor X) Raise(torch.Tensor x, double sigma, int steps, Func<torch.Tensor> draw)
    {
        if (Amount == 0)
        {
            return (sigma, x);
        }

        var noise = draw();
        var gamma = sigma >= Min && sigma <= (Max ?? double.PositiveInfinity) ? Math.Min(Amount / steps, Math.Sqrt(2) - 1) : 0;
        var hat = sigma * (1 + gamma);
        return (hat, x + (noise * (Noise * Math.Sqrt((hat * hat) - (sigma * sigma)))));
    }
}
