using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Compensation.Analyses;

/// <summary>The parameters of <see cref="DriftAnalysis"/>.</summary>
/// <param name="States">Test images for every start.</param>
/// <param name="Starts">Steps that rollouts start at.</param>
public sealed record DriftOptions(
    [Description("Test images for every start, at most all of them.")][Range(1, 10_000)] int States = 16,
    [Description("Steps that rollouts start at, equally far apart up to T; at most T.")][Range(1, 1000)] int Starts = 20);

/// <summary>
/// How far rollouts of a trained model leave the forward process, with the module's term and without: RMS(x_t - D(x0, t)) / f_t after K steps from an exact state,
/// for the worst start and on average over starts.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("cs-drift", "Drift of rollouts", Paper = "Lu, Salah and Poppe, ECCV 2024")]
public sealed class DriftAnalysis(DriftOptions options) : IAnalysis
{
    // Lengths of rollouts that are looked at; the last one is T - 1.
    private static readonly int[] s_lengths = [1, 2, 5, 10, 25, 50, 100, 200, 500];

    private static readonly AnalysisColumn[] s_columns =
    [
        new("term", "What is added to a step: learned (by the module) or none."),
        new("taken", "K: steps taken from an exact state."),
        new("worst", "RMS(x_t - D(x0, t)) / f_t of the start for which it is largest."),
        new("worst-at", "The step t where that rollout is then."),
        new("mean", "The same averaged over starts."),
        new("mean-se", "Its standard error, over starts: from image to image it differs less."),
    ];

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        var model = AnalysedModel.Of(context, "cs-drift")[^1].Model;
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var clean = Analysed.Unseen(context.Model, "cs-drift/images", options.States, torch.float32);
        int[] lengths = [.. s_lengths.Where(k => k < model.Steps - 1), model.Steps - 1];
        bool[] terms = model.HasModule ? [true, false] : [false];
        List<object?[]> rows = [];
        foreach (var learned in terms)
        {
            rows.AddRange(Rows(context, model, clean, lengths, learned, rows.Count == 0 ? 0 : 1, terms.Length));
        }

        return new(s_columns, rows);
    }

    private IEnumerable<object?[]> Rows(AnalysisContext context, AnalysedModel model, torch.Tensor clean, int[] lengths, bool learned, int part, int parts)
    {
        var starts = Enumerable.Range(1, Math.Min(options.Starts, model.Steps)).Select(i => (int)((long)i * model.Steps / Math.Min(options.Starts, model.Steps))).ToList();
        List<(int Taken, int At, double Drift)> seen = [];
        foreach (var (i, start) in starts.Index())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            seen.AddRange(Rollout(context.Model, model, clean, start, lengths, learned));
            context.Progress.Report((part * starts.Count) + i + 1, parts * starts.Count);
        }

        return seen.GroupBy(s => s.Taken).OrderBy(same => same.Key).Select(same => Cells(learned, same.Key, [.. same]));
    }

    private static object?[] Cells(bool learned, int taken, IReadOnlyList<(int Taken, int At, double Drift)> same)
    {
        using var drifts = torch.tensor(same.Select(s => s.Drift).ToArray());
        var (worst, mean) = (same.MaxBy(s => s.Drift), ImageEstimate.Mean(drifts));
        return [learned ? "learned" : "none", (long)taken, worst.Drift, (long)worst.At, mean.Value, mean.StandardError];
    }

    // At step 0 there is no noise to compare with, so a rollout ends at step 1.
    private static List<(int Taken, int At, double Drift)> Rollout(
        ModelContext context, AnalysedModel model, torch.Tensor clean, int start, int[] lengths, bool learned)
    {
        using var scope = torch.NewDisposeScope();
        var noise = context.Noise("cs-drift/noise").Normal(0, clean.shape);
        var x = model.Start(clean, noise, At(start, clean)).X;
        List<(int, int, double)> seen = [];
        for (var taken = 1; taken < start && taken <= lengths[^1]; taken++)
        {
            var step = start - taken;
            var moved = Moved(model, clean, noise, At(step + 1, clean), x, learned);
            x.Dispose();
            x = moved;
            if (lengths.Contains(taken))
            {
                seen.Add((taken, step, Drift(model, clean, noise, At(step, clean), x)));
            }
        }

        return seen;
    }

    private static torch.Tensor Moved(AnalysedModel model, torch.Tensor clean, torch.Tensor noise, torch.Tensor step, torch.Tensor x, bool learned)
    {
        using var scope = torch.NewDisposeScope();
        var rows = model.Start(clean, noise, step) with { X = x };
        var eps = model.Eps(rows);
        return scope.MoveToOuter(Compensation.Step(
            rows.X, Compensation.Clean(rows.X, eps, rows.Sigma), rows.Noise, rows.Sigma, rows.Next, learned ? model.Term(rows, eps) : null));
    }

    private static double Drift(AnalysedModel model, torch.Tensor clean, torch.Tensor noise, torch.Tensor step, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var exact = model.Start(clean, noise, step);
        return ImageEstimate.Root((x - exact.X).square().mean([1L, 2, 3])).Value / Compensation.Deviation(exact.Sigma)[0].ToDouble();
    }

    private static torch.Tensor At(int step, torch.Tensor clean) => torch.full([clean.shape[0]], step, torch.float64, clean.device);
}
