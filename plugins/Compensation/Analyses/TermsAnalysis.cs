using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Compensation.Analyses;

/// <summary>The parameters of <see cref="TermsAnalysis"/>.</summary>
/// <param name="States">Test images.</param>
/// <param name="Bins">Bins of steps.</param>
public sealed record TermsOptions(
    [Description("Test images that are averaged over, at most all of them; each is looked at in every bin.")][Range(2, 100_000)] int States = 256,
    [Description("Bins of T / bins steps, the first one next to the data; at most T.")][Range(1, 1000)] int Bins = 10);

/// <summary>
/// How large the compensation term is over training, by bins of steps (Lu et al. 2024, figure 5): the true one, what the module makes of it, and what is left
/// between them, on states x_t that are exactly on the forward process, with averaged weights in evaluation mode.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("cs-terms", "Compensation term over training", Paper = "Lu, Salah and Poppe, ECCV 2024")]
public sealed class TermsAnalysis(TermsOptions options) : IAnalysis
{
    private static readonly AnalysisColumn[] s_columns =
    [
        new("bin", "Steps: 1 is next to the data, the last next to the noise."),
        new("steps", "Which steps these are."),
        new("step", "After how many steps of training; at 0 the estimates are 0, as those of a new network are."),
        new("term", "Mean |c*| of a number, the true term, for images in [-1, 1]."),
        new("term-se", "Its standard error, over images."),
        new("learned", "Mean |ĉ|, what the module adds; empty without one."),
        new("learned-se", "Its standard error."),
        new("left", "Mean |ĉ - c*|, what the module is trained to lower; empty without one."),
        new("left-se", "Its standard error."),
        new("noise-error", "Mean k(t) |z - eps|, which is |c*| told by the error of the noise."),
    ];

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        var models = AnalysedModel.Of(context, "cs-terms");
        var last = models[^1].Model;
        if (options.Bins > last.Steps)
        {
            throw new NotApplicableException($"cs-terms parts the model's {last.Steps} steps into bins, and {options.Bins} are more: give bins: {last.Steps} or fewer");
        }

        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var clean = Analysed.Unseen(context.Model, "cs-terms/images", options.States, torch.float32);
        List<object?[]> rows = [];
        for (var bin = 1; bin <= options.Bins; bin++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            rows.AddRange(Of(context.Model, models, clean, bin));
            context.Progress.Report(bin, options.Bins);
        }

        return new(s_columns, rows);
    }

    // All checkpoints look at the same states.
    private List<object?[]> Of(ModelContext context, IReadOnlyList<(TrainedCheckpoint At, AnalysedModel Model)> models, torch.Tensor clean, int bin)
    {
        using var scope = torch.NewDisposeScope();
        var last = models[^1].Model;
        var (low, high) = (Edge(last, bin - 1) + 1, Edge(last, bin));
        var count = (int)clean.shape[0];
        var steps = (context.Noise("cs-terms/steps").Uniform(bin, count).@double() * (high - low + 1)).floor() + low;
        var noise = context.Noise("cs-terms/noise").Normal(bin, clean.shape);
        var rows = last.Start(clean, noise, steps);
        var words = $"{low} to {high}";
        return
        [
            Cells(bin, words, 0, rows, torch.zeros_like(clean), last.HasModule ? torch.zeros_like(clean) : null),
            .. models.Select(m => Learned(m.At.Step, m.Model)),
        ];

        object?[] Learned(int step, AnalysedModel model)
        {
            using var inner = torch.NewDisposeScope();
            var eps = model.Eps(rows);
            return Cells(bin, words, step, rows, eps, model.Term(rows, eps));
        }
    }

    private int Edge(AnalysedModel model, int bin) => (int)((long)bin * model.Steps / options.Bins);

    private static object?[] Cells(int bin, string steps, int step, RolloutRows rows, torch.Tensor eps, torch.Tensor? learned)
    {
        using var scope = torch.NewDisposeScope();
        var truth = Compensation.Oracle(Compensation.Clean(rows.X, eps, rows.Sigma), rows.Clean, rows.Sigma, rows.Next);
        var (term, noise) = (Size(truth), Size((rows.Noise - eps) * Denoising.Rows(Compensation.NoiseWeight(rows.Sigma, rows.Next), eps)));
        ImageEstimate? added = learned is null ? null : Size(learned);
        ImageEstimate? left = learned is null ? null : Size(learned - truth);
        return
        [
            (long)bin, steps, (long)step, term.Value, term.StandardError, added?.Value, added?.StandardError, left?.Value, left?.StandardError, noise.Value,
        ];
    }

    private static ImageEstimate Size(torch.Tensor x) => ImageEstimate.Mean(x.abs().mean([1L, 2, 3]));
}
