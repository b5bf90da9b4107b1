namespace Dfx.SoftDiffusion.Analyses;

/// <summary>Nearest training images by Euclidean distance of pixels, exactly, from one pass over the training set in chunks.</summary>
/// <param name="data">The data.</param>
/// <param name="chunk">Training images that stand in memory at once.</param>
internal sealed class NearestImages(IDataSource data, int chunk = 1024)
{
    /// <summary>For each image the index of the nearest training image, the first of equals.</summary>
    /// <param name="images">[N, C, H, W], float64, on any device.</param>
    /// <param name="done">Told how many training images were looked at.</param>
    /// <param name="cancellation">Looked at before every chunk.</param>
    internal int[] Of(torch.Tensor images, Action<int> done, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var (x, count) = (images.flatten(1), data.Count(Split.Train));
        var best = torch.full([x.shape[0]], double.PositiveInfinity, x.dtype, x.device);
        var where = torch.zeros([x.shape[0]], torch.ScalarType.Int64, x.device);
        for (var first = 0; first < count; first += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = torch.NewDisposeScope();
            var (least, index) = Heights(x, first, Math.Min(chunk, count - first)).min(1);
            var nearer = least.lt(best);
            best.copy_(torch.where(nearer, least, best));
            where.copy_(torch.where(nearer, index + first, where));
            done(Math.Min(first + chunk, count));
        }

        return Array.ConvertAll(where.cpu().data<long>().ToArray(), index => (int)index);
    }

    /// <summary>The distance of images to training images, root mean square a number: by differences, so that of a copy it is 0.</summary>
    /// <param name="images">[N, C, H, W], float64.</param>
    /// <param name="nearest">As many training images.</param>
    internal double[] Distances(torch.Tensor images, int[] nearest)
    {
        using var scope = torch.NewDisposeScope();
        var others = data.Read(Split.Train, nearest).to(images.dtype, images.device);
        return (images - others).square().mean([1L, 2, 3]).sqrt().cpu().data<double>().ToArray();
    }

    // |y|² - 2 x.y, which is the squared distance without |x|²: [N, chunk].
    private torch.Tensor Heights(torch.Tensor x, int first, int count)
    {
        using var scope = torch.NewDisposeScope();
        var y = data.Read(Split.Train, [.. Enumerable.Range(first, count)]).to(x.dtype, x.device).flatten(1);
        return scope.MoveToOuter(x.mm(y.t()).mul_(-2).add_(y.square().sum(1L)));
    }
}
