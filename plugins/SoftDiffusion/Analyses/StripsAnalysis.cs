namespace Dfx.SoftDiffusion.Analyses;

/// <summary>
/// How test images are corrupted, and how a trained model goes the same way back (Daras et al. 2023, figures 1, 2, 10 and 11): pictures from level
/// to level, and means, deviations and steps by t, by which the two can be compared.
/// </summary>
/// <remarks>Going forward an image keeps its noise, as the sampler's states keep theirs where sigma is constant.</remarks>
/// <param name="options">Its parameters.</param>
[Analysis("soft-strips", "Forward and learned reverse process", Paper = "Daras et al., TMLR 2023")]
public sealed class StripsAnalysis(StripsOptions options) : IAnalysis
{
    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        var model = AnalysedModel.Of(context, "soft-strips");
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var levels = new MomentumSampler(new()).Levels(model.Model, options.Nfe);
        using var forward = Of("forward", levels);
        using var reverse = Of("reverse", levels);
        using var estimate = Of("estimate", levels);
        Corrupt(model, forward, levels);
        Restore(context, model, reverse, estimate, levels.Count);
        return new(Strip.Columns, [.. forward.Rows(), .. reverse.Rows(), .. estimate.Rows()])
        {
            Sheets = Pictures.Are(model.Model.Shape) ? Pictures.Out(scope, [Forward(forward), Reverse(reverse, estimate)]) : [],
        };
    }

    private Strip Of(string name, IReadOnlyList<double> levels) => new(name, levels.Count, options.Columns, options.Images);

    private void Corrupt(AnalysedModel model, Strip forward, IReadOnlyList<double> levels)
    {
        using var scope = torch.NewDisposeScope();
        var clean = model.Unseen("soft-strips/images", options.States);
        var noise = model.Noise("soft-strips/noise", clean);
        foreach (var t in levels)
        {
            using var state = model.Corrupted(clean, noise, t);
            forward.Add(t, state);
        }
    }

    private void Restore(AnalysisContext context, AnalysedModel model, Strip reverse, Strip estimate, int levels)
    {
        var done = 0;
        using var watched = new WatchedModel(model.Model, (state, t, clean) =>
        {
            reverse.Add(t, state);
            estimate.Add(t, clean);
            context.Progress.Report(++done, levels - 1);
        });
        using var samples = model.Sample(watched, "soft-strips/samples", options.Nfe, 0, options.States);
        reverse.Add(0, samples);
        estimate.Add(0, samples);
    }

    private static AnalysisSheet Forward(Strip forward) =>
        new("forward", "Forward process: test images", "t", [.. forward.Names.Reverse()], forward.Sheet(image => $"image {image}", reversed: true));

    private static AnalysisSheet Reverse(Strip reverse, Strip estimate) => new(
        "reverse",
        "Learned reverse process: states of the sampler, and E[x0 | x_t] below each",
        "t",
        reverse.Names,
        [.. reverse.Sheet(sample => $"sample {sample}").Zip(estimate.Sheet(_ => "estimate"), (state, clean) => (AnalysisSheetRow[])[state, clean]).SelectMany(rows => rows)]);
}
