namespace Dfx.Stf.Analyses;

/// <summary>
/// Tr Cov of the target given x, over reference batches: the source is drawn from the posterior and the others from the data, with
/// replacement (Xu et al. 2023, section 5.1).
/// </summary>
/// <param name="data">The data.</param>
/// <param name="batches">M', reference batches for each x.</param>
internal sealed class TargetVariance(FiniteData data, int batches)
{
    /// <summary>The variance at every x, an unbiased estimate: [M].</summary>
    /// <param name="posterior">p(x0 = y_k | x) [M, N].</param>
    /// <param name="n">Size of a reference batch.</param>
    /// <param name="noise">Random numbers.</param>
    /// <param name="draw">Which of them: draws of two calls do not meet if they differ.</param>
    internal double[] At(torch.Tensor posterior, int n, StepNoise noise, long draw)
    {
        var rows = (int)posterior.shape[0];
        var variances = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            variances[i] = Row(posterior[i], n, noise, (draw * rows) + i);
        }

        return variances;
    }

    // The batch is known by how often each point is in it: the target's weights are proportional to count times posterior.
    private double Row(torch.Tensor posterior, int n, StepNoise noise, long draw)
    {
        using var scope = torch.NewDisposeScope();
        var weights = Counts(posterior, n, noise, draw) * posterior.unsqueeze(0);
        weights = weights.div_(weights.sum(1L, true));
        var deviations = weights.sub_(weights.mean([0], true)).mm(data.Points);
        return deviations.square().sum().ToDouble() / (batches - 1);
    }

    private torch.Tensor Counts(torch.Tensor posterior, int n, StepNoise noise, long draw)
    {
        var counts = new double[batches * data.Count];
        var others = noise.Integers(2 * draw, data.Count, batches * (n - 1));
        for (var i = 0; i < others.Length; i++)
        {
            counts[((i / (n - 1)) * data.Count) + others[i]]++;
        }

        var sources = Sources(posterior, noise.Uniform((2 * draw) + 1, batches));
        for (var i = 0; i < batches; i++)
        {
            counts[(i * data.Count) + sources[i]]++;
        }

        return torch.tensor(counts, [batches, data.Count]);
    }

    // By inversion of the distribution function; rounding may leave it just below 1.
    private long[] Sources(torch.Tensor posterior, torch.Tensor uniforms)
    {
        var below = uniforms.cpu().@double().unsqueeze(1).gt(posterior.cumsum(0).unsqueeze(0)).sum(1L);
        return Array.ConvertAll(below.data<long>().ToArray(), i => Math.Min(i, data.Count - 1));
    }
}
