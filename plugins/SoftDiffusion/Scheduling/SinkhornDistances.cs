namespace Dfx.SoftDiffusion;

/// <summary>
/// Wasserstein distances as the paper estimates them, from samples: the root of the debiased Sinkhorn divergence between the same images at both
/// levels. Other images at one of them would add how images differ, which is far more than how neighbouring levels do.
/// </summary>
internal static class SinkhornDistances
{
    /// <summary>Images: the time grows with their square.</summary>
    internal const int Images = 256;

    /// <summary>The weight of the entropy, by the mean cost between images at one level.</summary>
    internal const double Entropy = 0.02;

    /// <summary>Edges that the closed form puts above this multiple of its own eps are left out: both agree within some per cent.</summary>
    internal const double Reach = 1.25;

    /// <summary>The distances of the edges that a path can take; the others are infinite.</summary>
    /// <param name="corruption">The corruption.</param>
    /// <param name="paired">The levels and their distances in closed form.</param>
    /// <param name="bound">The closed form's eps.</param>
    /// <param name="images">x0 [N, C, H, W] in [0, 1], on the device of the computation, of which the first <see cref="Images"/> are used.</param>
    /// <param name="progress">Who is told how far it has come.</param>
    /// <param name="cancellation">Asks to stop.</param>
    internal static LevelDistances Of(
        ILinearCorruption corruption, LevelDistances paired, double bound, torch.Tensor images, IProgressHost? progress = null, CancellationToken cancellation = default)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var clouds = new Clouds(corruption, paired, images.narrow(0, 0, Math.Min(Images, images.shape[0])).to(torch.float64));
        var between = Unknown(paired.Count);
        for (var i = 0; i < paired.Count - 1; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            List<int> ends = [.. Enumerable.Range(i + 1, paired.Count - i - 1).Where(j => paired[i, j] <= Reach * bound)];
            foreach (var (j, distance) in ends.Zip(From(clouds, i, ends)))
            {
                (between[i, j], between[j, i]) = (distance, distance);
            }

            progress?.Report(i + 1, paired.Count - 1, "Sinkhorn distances between levels");
        }

        return new(paired.Levels, between);
    }

    // The three terms of a divergence share eps, or they would not cancel where the levels are equal.
    private static double[] From(Clouds clouds, int level, List<int> ends)
    {
        if (ends.Count == 0)
        {
            return [];
        }

        using var scope = torch.NewDisposeScope();
        var (x, y) = (clouds.At(level).unsqueeze(0), torch.stack(ends.Select(clouds.At)));
        clouds.ForgetBelow(level + 1);
        var within = Sinkhorn.Costs(x, x);
        var squares = new Sinkhorn(Entropy * within.mean().ToDouble()).Divergence(Sinkhorn.Costs(x, y), within, Sinkhorn.Costs(y, y));
        return squares.clamp_min_(0).sqrt_().cpu().data<double>().ToArray();
    }

    private static double[,] Unknown(int count)
    {
        var between = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                between[i, j] = i == j ? 0 : double.PositiveInfinity;
            }
        }

        return between;
    }

    /// <summary>The images at the levels that are looked at, [N, C H W] each.</summary>
    private sealed class Clouds(ILinearCorruption corruption, LevelDistances levels, torch.Tensor images) : IDisposable
    {
        private readonly SortedDictionary<int, torch.Tensor> _known = [];

        internal torch.Tensor At(int level)
        {
            if (!_known.TryGetValue(level, out var cloud))
            {
                using var scope = torch.NewDisposeScope();
                cloud = corruption.Apply(images, levels.Levels[level]).flatten(1).DetachFromDisposeScope();
                _known.Add(level, cloud);
            }

            return cloud;
        }

        internal void ForgetBelow(int level)
        {
            foreach (var old in _known.Keys.TakeWhile(known => known < level).ToList())
            {
                _known[old].Dispose();
                _known.Remove(old);
            }
        }

        public void Dispose() => ForgetBelow(int.MaxValue);
    }
}
