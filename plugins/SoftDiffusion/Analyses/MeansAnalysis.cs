namespace Dfx.SoftDiffusion.Analyses;

/// <summary>
/// What a trained model makes of corrupted test images, its E[x0 | x_t], by t (Daras et al. 2023, figure 5): pictures, its errors before and after
/// the corruption, and how much it knows of what the corruption takes away.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("soft-means", "Estimates of clean images by level of the corruption", Paper = "Daras et al., TMLR 2023")]
public sealed class MeansAnalysis(MeansOptions options) : IAnalysis
{
    private static readonly AnalysisColumn[] s_columns =
    [
        new("corruption", "What corrupts images beside noise: blur, mask, none or other."),
        new("t", "Where on the way from clean (0) to corrupted (1)."),
        new("error", "Mean squared error of a number of the estimate, for images in [-1, 1]."),
        new("error-se", "Its standard error, over images."),
        new("seen-error", "The same after both are corrupted, without noise: all that Soft Score Matching asks for."),
        new("seen-error-se", "Its standard error."),
        new("hidden-left", "Squared error of the estimate in what the corruption takes away, by that of the images' mean: from 1 on it knows nothing of it; empty if nothing is taken."),
        new("hidden-left-se", "Its standard error."),
        new("sigma", "The noise, for images in [-1, 1]."),
        new("level", "Of the corruption: a blur's standard deviation in pixels, a mask's hidden share; empty for other models."),
    ];

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        var model = AnalysedModel.Of(context, "soft-means");
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var clean = model.Unseen("soft-means/images", options.States);
        var noise = model.Noise("soft-means/noise", clean);
        var mean = clean.mean([0L], keepdim: true);
        List<Level> levels = [];
        for (var i = 0; i < options.Levels; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            levels.Add(At(model, clean, mean, noise, Math.Max(model.MinLevel, (double)i / (options.Levels - 1))));
            context.Progress.Report(i + 1, options.Levels);
        }

        return new(s_columns, [.. levels.Select(level => level.Cells)])
        {
            Sheets = Pictures.Are(model.Model.Shape) ? Pictures.Out(scope, [Sheet(levels)]) : [],
        };
    }

    // All levels have the same images and noise, so what differs from level to level is the level's.
    private Level At(AnalysedModel model, torch.Tensor clean, torch.Tensor mean, torch.Tensor noise, double t)
    {
        using var scope = torch.NewDisposeScope();
        var state = model.Corrupted(clean, noise, t);
        var estimate = model.Restore(state, t);
        var (wrong, seenClean) = (estimate - clean, model.Apply(clean, t));
        var seenWrong = model.Apply(estimate, t) - seenClean;
        var left = ImageEstimate.Ratio(Squares(wrong - seenWrong), Squares(Hidden(model, mean, t) - (clean - seenClean)));
        var (error, seen) = (ImageEstimate.Mean(Squares(wrong)), ImageEstimate.Mean(Squares(seenWrong)));
        object?[] cells =
        [
            model.Corrupts, t, error.Value, error.StandardError, seen.Value, seen.StandardError, left?.Value, left?.StandardError, model.Sigma(t), model.Level(t),
        ];
        var shown = Math.Min(options.Images, clean.shape[0]);
        return new(t, cells, scope.MoveToOuter(state.narrow(0, 0, shown).clone()), scope.MoveToOuter(estimate.narrow(0, 0, shown).clone()));
    }

    // What the corruption takes away.
    private static torch.Tensor Hidden(AnalysedModel model, torch.Tensor x, double t) => x - model.Apply(x, t);

    private static torch.Tensor Squares(torch.Tensor x) => x.square().mean([1L, 2, 3]);

    private static AnalysisSheet Sheet(List<Level> levels) => new(
        "means",
        "Corrupted test images, and the model's E[x0 | x_t] below each",
        "t",
        [.. levels.Select(level => Pictures.Level(level.T))],
        [
            .. Enumerable.Range(0, (int)levels[0].States.shape[0]).SelectMany(i => (AnalysisSheetRow[])
            [
                Pictures.Row($"image {i + 1}", levels.Select(level => level.States[i])),
                Pictures.Row("estimate", levels.Select(level => level.Estimates[i])),
            ]),
        ]);

    private sealed record Level(double T, object?[] Cells, torch.Tensor States, torch.Tensor Estimates);
}
