namespace Dfx.Metrics.Distances;

/// <summary>exp E KL(p(class | image) || p(class)) (Salimans et al. 2016, "Improved Techniques for Training GANs"): from 1 to the number of classes.</summary>
internal static class InceptionScore
{
    /// <summary>The score of each of several contiguous parts: part i is rows [i n / parts, (i + 1) n / parts), in whole numbers.</summary>
    /// <param name="logits">float32 or float64 [n, classes] on the CPU, n at least <paramref name="parts"/>; all sums are float64.</param>
    /// <param name="parts">How many.</param>
    public static double[] Of(torch.Tensor logits, int parts)
    {
        var count = logits.shape[0];
        return [.. Enumerable.Range(0, parts).Select(i => Part(logits, i * count / parts, (i + 1) * count / parts))];
    }

    private static double Part(torch.Tensor logits, long first, long end)
    {
        using var scope = torch.NewDisposeScope();
        var log = logits.narrow(0, first, end - first).log_softmax(1, torch.float64);
        var each = log.exp();

        // A probability that underflows has no share in the sum; its term would be 0 times infinity.
        var terms = (each * (log - each.mean([0L], keepdim: true).log())).masked_fill(each.eq(0), 0);
        return Math.Exp(terms.sum(1L).mean().ToDouble());
    }
}
