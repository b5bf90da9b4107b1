namespace Dfx.Baselines;

/// <summary>
/// Langevin correctors of Song et al. 2021 (algorithms 4 and 5): y += e score + √(2 e) z, a few times at one level. In the frame y = x / s
/// the step e is that of the paper divided by s².
/// </summary>
/// <param name="Kind">What sets the step size.</param>
/// <param name="SignalToNoise">The ratio r that the step size aims at.</param>
/// <param name="Steps">How many steps a level.</param>
/// <param name="Norm">What the norms of score and noise are taken over.</param>
internal sealed record Langevin(SdeCorrector Kind, double SignalToNoise, int Steps, NormKind Norm)
{
    /// <summary>Corrects the state in place. alpha is 1 - beta for VP and 1 for VE, which is q² of the step that follows.</summary>
    internal void Correct(torch.Tensor y, SdeLevels at, Func<torch.Tensor, torch.Tensor> score, Func<torch.Tensor> draw)
    {
        for (var i = 0; i < Steps; i++)
        {
            using var step = torch.NewDisposeScope();
            var (direction, noise) = (score(y), draw());
            var size = Root(direction, noise, at).square() * (2 * at.Ratio * at.Ratio);
            y.add_(direction * size).add_(noise * (size * 2).sqrt());
        }
    }

    // √(e / (2 alpha)), a number a row: r |z| / |score|, or r sigma for annealed Langevin dynamics.
    private torch.Tensor Root(torch.Tensor score, torch.Tensor noise, SdeLevels at) => Kind == SdeCorrector.AnnealedLangevin
        ? torch.full([1, 1, 1, 1], SignalToNoise * at.Sigma, score.dtype, score.device)
        : Length(noise) / Length(score) * SignalToNoise;

    private torch.Tensor Length(torch.Tensor x)
    {
        var each = x.square().sum([1L, 2L, 3L], keepdim: true).sqrt();
        return Norm == NormKind.Batch ? each.mean([0L], keepdim: true) : each;
    }
}
