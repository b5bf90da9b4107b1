namespace Dfx.Stf.Analyses;

/// <summary>
/// How far a trained denoiser is from the best one for its training images, the posterior mean over them, by noise level and checkpoint: what
/// the variance of a training target leaves behind.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("stf-error", "Error of a trained denoiser by noise level", Paper = "Xu, Tong and Jaakkola, ICLR 2023")]
public sealed class ErrorAnalysis(ErrorOptions options) : IAnalysis
{
    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var models = context.Trained.Where(t => t.Model is IDenoiser).ToList();
        if (models.Count == 0)
        {
            throw new NotApplicableException("stf-error looks at a trained denoiser: name one with method");
        }

        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var (points, rows) = (Points(context.Model), new List<IReadOnlyList<object?>>());
        for (var level = 0; level < options.Levels; level++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var sigma = options.SigmaMin * Math.Pow(options.SigmaMax / options.SigmaMin, (double)level / (options.Levels - 1));
            rows.AddRange(Level(context.Model, points, models, level, sigma));
            context.Progress.Report(level + 1, options.Levels);
        }

        return new(
            [
                new("sigma", "The noise level."),
                new("fraction", "Of training."),
                new("error", "Root mean square of D - D*, a number of an image."),
                new("error-se", "Its standard error, over images."),
                new("flow-error", "The same by sigma: how wrong dx/dsigma is."),
            ],
            rows);
    }

    private torch.Tensor Points(ModelContext model)
    {
        var count = model.Data.Count(Split.Train);
        var which = model.Noise("stf-error/points").Permutation(0, count).AsSpan(0, Math.Min(options.Points, count));
        return model.Data.Read(Split.Train, which).to(model.Device);
    }

    private List<IReadOnlyList<object?>> Level(ModelContext model, torch.Tensor points, List<TrainedCheckpoint> models, int level, double sigma)
    {
        using var scope = torch.NewDisposeScope();
        var clean = points.narrow(0, 0, Math.Min(options.States, points.shape[0]));
        var noisy = clean + (model.Noise("stf-error/noise").Normal(level, clean.shape) * sigma);
        var sigmas = torch.full([clean.shape[0]], sigma, noisy.dtype, noisy.device);
        var best = StableTarget.Of(noisy, sigmas, new(points));
        return models.ConvertAll<IReadOnlyList<object?>>(m => Row(m, Estimate.Of((((IDenoiser)m.Model).Denoise(noisy, sigmas) - best).square().flatten(1).mean([1])), sigma));
    }

    // The standard error of a root is that of the square by twice the root.
    private static object?[] Row(TrainedCheckpoint trained, Estimate square, double sigma)
    {
        var error = Math.Sqrt(square.Value);
        return [sigma, trained.Fraction, error, error > 0 ? square.StandardError / (2 * error) : 0.0, error / sigma];
    }
}
