namespace Dfx.Baselines;

/// <summary>
/// Predictor-corrector sampling (Song et al. 2021, algorithms 1 to 5): at every level Langevin steps, then the predictor. N levels with n
/// corrector steps take N (n + 1) evaluations. The official code averages norms over the batch; ours takes them a sample, unless asked.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("pc", "Predictor-corrector", Paper = "Song et al., ICLR 2021")]
public sealed class PcSampler(PcOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var each = options.CorrectorSteps + 1;
        return nfe >= each
            ? options.Predictor.Levels(model.Schedule, nfe / each)
            : throw new NotApplicableException($"pc needs {each} network evaluations a level, but the budget is {nfe}.");
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: one draw a corrector step and one a predictor step but the last.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var langevin = new Langevin(options.Corrector, options.Snr, options.CorrectorSteps, options.Norm);
        var run = new SdeRun(options.Predictor.Step(model.Schedule, request.Levels), (y, at, score) => langevin.Correct(y, at, score, draw));
        return run.Sample(model, request, draw);
    }
}
