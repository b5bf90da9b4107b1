namespace Dfx.Baselines;

/// <summary>Predictor-corrector sampling (Song et al. 2021, algorithm 1); without corrector steps it is a predictor alone.</summary>
/// <param name="Predictor">The step between two levels.</param>
/// <param name="Corrector">What corrects the state at a level before the step, in place; null for nothing.</param>
internal sealed record SdeRun(
    Func<SdeLevels, SdeUpdate> Predictor, Action<torch.Tensor, SdeLevels, Func<torch.Tensor, torch.Tensor>>? Corrector = null)
{
    /// <summary>Runs it. Its last step adds no noise.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw) => request.Walk((y, step) =>
    {
        var (index, sigma, next) = step;
        var at = SdeLevels.Of(model.Schedule, sigma, next);
        torch.Tensor Score(torch.Tensor x) => (model.Clean(x, sigma) - x) / (sigma * sigma);
        Corrector?.Invoke(y, at, Score);
        var update = Predictor(at);
        var state = (y * update.Keep).add_(Score(y), update.Gain);
        return update.Noise > 0 && index < request.Levels.Count - 2 ? state.add_(draw(), update.Noise) : state;
    });
}
