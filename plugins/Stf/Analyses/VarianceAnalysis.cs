namespace Dfx.Stf.Analyses;

/// <summary>
/// How much targets vary, by noise level: V_DSM(t), V_STF(t; n) and D(t), and the ratio of the two terms in the bound of theorem 2
/// (Xu et al. 2023, Eq. 4 and 7, figures 2b and 3). Variances are those of the score, unweighted. The squared bias is relative to V_DSM.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("stf-variance", "Variance of the training target by noise level", Paper = "Xu, Tong and Jaakkola, ICLR 2023")]
public sealed class VarianceAnalysis(VarianceOptions options) : IAnalysis
{
    // Of E Tr Cov[x0 | x], in squares of what data are in: below, posteriors are one point, and ratios to it are of rounding errors.
    private const double LeastSpread = 1e-9;

    private readonly TwoGaussians? _toy = options.Data == VarianceData.TwoGaussians
        ? new(options.Dimensions, options.Distance, options.Deviation)
        : null;

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var data = new FiniteData(Points(context.Model));
        var rows = new List<VarianceRow>();
        for (var level = 0; level < options.Levels; level++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var t = (double)level / (options.Levels - 1);
            rows.AddRange(Level(context.Model, data, level, t, options.SigmaMin * Math.Pow(options.SigmaMax / options.SigmaMin, t)));
            context.Progress.Report(level + 1, options.Levels);
        }

        return VarianceRow.Table(rows);
    }

    private torch.Tensor Points(ModelContext model)
    {
        if (_toy is not null)
        {
            return _toy.Points(options.Points, model.Noise("stf-variance/toy"));
        }

        var count = model.Data.Count(Split.Train);
        var which = model.Noise("stf-variance/points").Permutation(0, count).AsSpan(0, Math.Min(options.Points, count));
        return model.Data.Read(Split.Train, which).flatten(1).@double();
    }

    private List<VarianceRow> Level(ModelContext model, FiniteData data, int level, double t, double sigma)
    {
        using var scope = torch.NewDisposeScope();
        var posterior = data.Posterior(data.Noisy(model.Noise("stf-variance/states"), level, options.States, sigma), sigma);
        var spread = Estimate.Of(data.Variance(posterior));
        var dsm = spread * Math.Pow(sigma, -4);
        var divergence = Estimate.Of(data.Divergence(posterior));
        var ratio = Math.Sqrt(3 * Math.Max(0, divergence.Value)) * data.Dimensions / (sigma * sigma * dsm.Value);
        List<VarianceRow> rows = [new(t, sigma, "v-dsm", null, dsm), new(t, sigma, "divergence", null, divergence), new(t, sigma, "bound-ratio", null, new(ratio, 0))];
        if (_toy is not null)
        {
            rows.Add(new(t, sigma, "v-dsm-within", null, new(_toy.Within(sigma), 0)));
            rows.Add(new(t, sigma, "v-dsm-between", null, new(_toy.Between(sigma), 0)));
        }

        var variance = new TargetVariance(data, options.Batches);
        for (var n = 1; n <= options.ReferenceBatch; n *= 4)
        {
            var draws = variance.At(posterior, n, model.Noise($"stf-variance/references/{n}"), level);
            rows.Add(new(t, sigma, "v-stf", n, Estimate.Of(draws[0]) * Math.Pow(sigma, -4)));
            if (spread.Value > LeastSpread)
            {
                rows.Add(new(t, sigma, VarianceRow.Bias, n, Estimate.Of(draws[1]) * (1 / spread.Value)));
            }
        }

        return rows;
    }
}
