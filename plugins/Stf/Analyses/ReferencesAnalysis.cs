namespace Dfx.Stf.Analyses;

/// <summary>
/// Where the target differs from that of denoising score matching: the effective number of references, 1 / sum w², by noise level, and how
/// many of a process's training draws fall there.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("stf-references", "Effective references of a target by noise level", Paper = "Xu, Tong and Jaakkola, ICLR 2023")]
public sealed class ReferencesAnalysis(ReferencesOptions options) : IAnalysis
{
    /// <summary>From how many effective references on a target counts as another one than the clean image.</summary>
    private const double Differs = 1.1;
    private const int LevelDraws = 100_000;

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var shares = Shares(context.Model);
        var bins = new List<Bin>();
        for (var bin = 0; bin < options.Bins; bin++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            bins.Add(Measure(context.Model, bin, shares[bin]));
            context.Progress.Report(bin + 1, options.Bins);
        }

        return new(
            [
                new("sigma-low", "The bin's lowest noise level; empty in the last row, which is the mean over training draws."),
                new("sigma-high", "Its highest."),
                new("share-of-draws", "Share of the process's training draws in the bin."),
                new("effective-references", "Mean of 1 / sum w² over targets."),
                new("effective-references-se", "Its standard error."),
                new("differing", "Share of targets with more than 1.1 effective references."),
                new("differing-se", "Its standard error."),
            ],
            [.. bins.Select(b => b.Cells()), Total(bins)]);
    }

    private static object?[] Total(List<Bin> bins)
    {
        var (effective, differing) = (Weighted(bins, b => b.Effective), Weighted(bins, b => b.Differing));
        return [null, null, bins.Sum(b => b.Share), effective.Value, effective.StandardError, differing.Value, differing.StandardError];
    }

    private static Estimate Weighted(List<Bin> bins, Func<Bin, Estimate> of) =>
        new(bins.Sum(b => b.Share * of(b).Value), Math.Sqrt(bins.Sum(b => Math.Pow(b.Share * of(b).StandardError, 2))));

    private Bin Measure(ModelContext model, int bin, double share)
    {
        using var scope = torch.NewDisposeScope();
        var images = Images(model, bin);
        var count = (int)Math.Min(options.States, images.shape[0]);
        var (low, high) = (Edge(bin), Edge(bin + 1));
        var sigma = (model.Noise("stf-references/sigma").Uniform(bin, count).cpu().@double() * Math.Log(high / low)).exp() * low;
        var normal = model.Noise("stf-references/noise").Normal(bin, [count, .. images.shape.AsSpan(1)]).cpu().@double();
        var noisy = images.narrow(0, 0, count) + (normal * sigma.view(-1, 1, 1, 1));
        var effective = StableTarget.Weights(noisy, sigma, new(images)).square().sum(1L).pow(-1);
        return new(low, high, share, Estimate.Of(effective), Estimate.Of(effective.gt(Differs)));
    }

    // Every bin has a reference batch of its own, whose first images are noised.
    private torch.Tensor Images(ModelContext model, int bin)
    {
        var count = model.Data.Count(Split.Train);
        var which = model.Noise("stf-references/images").Permutation(bin, count).AsSpan(0, Math.Min(options.ReferenceBatch, count));
        return model.Data.Read(Split.Train, which).@double();
    }

    private double[] Shares(ModelContext model)
    {
        var draws = options.Process.Process().TrainingSigmas(model.Noise("stf-references/levels"), 0, LevelDraws).cpu().data<double>().ToArray();
        var counts = new int[options.Bins];
        foreach (var sigma in draws)
        {
            var place = Math.Log(sigma / options.SigmaMin) / Math.Log(options.SigmaMax / options.SigmaMin) * options.Bins;
            counts[(int)Math.Clamp(place, 0, options.Bins - 1)]++;
        }

        return Array.ConvertAll(counts, c => (double)c / LevelDraws);
    }

    private double Edge(int bin) => options.SigmaMin * Math.Pow(options.SigmaMax / options.SigmaMin, (double)bin / options.Bins);

    private sealed record Bin(double Low, double High, double Share, Estimate Effective, Estimate Differing)
    {
        internal object?[] Cells() => [Low, High, Share, Effective.Value, Effective.StandardError, Differing.Value, Differing.StandardError];
    }
}
