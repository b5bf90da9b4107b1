namespace Dfx.Stf.Analyses;

/// <summary>
/// Mean and Tr Cov of the target given x, over reference batches: the source is drawn from the posterior and the others from the data, with
/// replacement (Xu et al. 2023, section 5.1).
/// </summary>
/// <param name="data">The data.</param>
/// <param name="batches">M', reference batches for each x.</param>
internal sealed class TargetVariance(FiniteData data, int batches)
{
    /// <summary>Numbers of a tensor that is held at once, about.</summary>
    private const int Budget = 2_000_000;

    /// <summary>At every x, unbiased estimates of the variance and of the squared distance of the mean from the exact one, E[x0 | x]: [2, M].</summary>
    /// <param name="posterior">p(x0 = y_k | x) [M, N].</param>
    /// <param name="n">Size of a reference batch.</param>
    /// <param name="noise">Random numbers.</param>
    /// <param name="draw">Which of them: draws of two calls do not meet if they differ.</param>
    internal torch.Tensor At(torch.Tensor posterior, int n, StepNoise noise, long draw)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, blocks) = (posterior.shape[0], new List<torch.Tensor>());
        var block = Math.Max(1, Budget / (batches * Math.Max(data.Count, n)));
        for (var start = 0L; start < rows; start += block)
        {
            blocks.Add(Block(posterior.narrow(0, start, Math.Min(block, rows - start)), n, noise, (draw * rows) + start));
        }

        return scope.MoveToOuter(torch.cat(blocks, 1));
    }

    // A batch is known by how often each point is in it: the target's weights are proportional to count times posterior.
    private torch.Tensor Block(torch.Tensor posterior, int n, StepNoise noise, long draw)
    {
        using var scope = torch.NewDisposeScope();
        var weights = Counts(posterior, n, noise, draw).mul_(posterior.unsqueeze(1));
        weights.div_(weights.sum(2L, true));
        var mean = weights.mean([1], true);
        var miss = (mean.squeeze(1) - posterior).mm(data.Points).square().sum(1L);
        var deviations = weights.sub_(mean).view(-1, data.Count).mm(data.Points);
        var variance = deviations.square().view(posterior.shape[0], -1).sum(1L) / (batches - 1);
        return scope.MoveToOuter(torch.stack([variance, miss - (variance / batches)]));
    }

    // How often each point is in each batch of each x: [M, M', N].
    private torch.Tensor Counts(torch.Tensor posterior, int n, StepNoise noise, long draw)
    {
        var sets = (int)posterior.shape[0] * batches;
        var counts = new double[sets * data.Count];
        var others = noise.Integers(2 * draw, data.Count, sets * (n - 1));
        for (var (set, i) = (0, 0); set < sets; set++)
        {
            for (var end = i + n - 1; i < end; i++)
            {
                counts[(set * data.Count) + others[i]]++;
            }
        }

        var sources = Sources(posterior, noise.Uniform((2 * draw) + 1, posterior.shape[0], batches));
        for (var set = 0; set < sets; set++)
        {
            counts[(set * data.Count) + sources[set]]++;
        }

        return torch.tensor(counts, [posterior.shape[0], batches, data.Count]);
    }

    // By inversion of the distribution function, whose last value rounding may leave just below 1.
    private long[] Sources(torch.Tensor posterior, torch.Tensor uniforms)
    {
        var below = uniforms.cpu().@double().unsqueeze(2).gt(posterior.cumsum(1).unsqueeze(1)).sum(2L);
        return Array.ConvertAll(below.data<long>().ToArray(), i => Math.Min(i, data.Count - 1));
    }
}
