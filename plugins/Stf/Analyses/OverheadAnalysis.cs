namespace Dfx.Stf.Analyses;

/// <summary>
/// What a step of Stable Target Field costs more than one of denoising score matching, against n: one training run of the matrix's network
/// whose steps take turns, so that both see the same machine.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("stf-overhead", "Time of a training step against the reference batch", Paper = "Xu, Tong and Jaakkola, ICLR 2023")]
public sealed class OverheadAnalysis(OverheadOptions options) : IAnalysis
{
    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var images = context.Model.Data.Count(Split.Train);
        var batch = Math.Min(options.Batch, images);
        var sizes = Sizes(batch, Math.Min(options.ReferenceBatch, images)).ToList();
        var kinds = sizes.Count + 1;
        var training = new TrainingContext
        {
            Model = context.Model,
            Settings = new() { Steps = (kinds * (options.Steps + 1)) + 1, Batch = batch },
            Host = new ProgressOnly(context.Progress),
            Cancellation = context.Cancellation,
        };
        var run = new TimedRun(training, options.Process.Process(), sizes);
        run.Train();
        return Table(sizes, run);
    }

    private static IEnumerable<int> Sizes(int batch, int largest)
    {
        for (var n = batch; n <= largest; n *= 2)
        {
            yield return n;
        }
    }

    private static AnalysisTable Table(List<int> sizes, TimedRun run)
    {
        var plain = Median.Of(run.Steps(0));
        return new(
            [
                new("n", "Images of the reference batch; empty for denoising score matching. With one thread on the CPU all times are processor times."),
                new("references-ms", "Median time to draw, read and augment the other n - B images, in ms."),
                new("target-ms", "Median time of the target, in ms."),
                new("extra-ms", "Median of both together, in ms."),
                new("extra-ms-se", "Its standard error, from the quartiles."),
                new("step-ms", "Median time of the whole step, in ms."),
                new("step-ms-se", "Its standard error, from the quartiles."),
                new("overhead", "extra-ms by the step time of denoising score matching."),
            ],
            [
                [null, 0.0, 0.0, 0.0, 0.0, plain.Value, plain.StandardError, 0.0],
                .. sizes.Select((n, i) => Row(n, run.References(i + 1), run.Targets(i + 1), Median.Of(run.Steps(i + 1)), plain)),
            ]);
    }

    private static object?[] Row(int n, List<double> references, List<double> targets, Estimate step, Estimate plain)
    {
        var extra = Median.Of([.. references.Zip(targets, (r, t) => r + t)]);
        return
        [
            (long)n, Median.Of(references).Value, Median.Of(targets).Value, extra.Value, extra.StandardError,
            step.Value, step.StandardError, extra.Value / plain.Value,
        ];
    }
}
