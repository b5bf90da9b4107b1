namespace Dfx.Stf;

/// <summary>
/// A mean with weights exp(h / sigma²) over images that come in chunks: everything is relative to the largest h so far and is rescaled when
/// a larger one comes. Its tensors belong to the scope that it is made in.
/// </summary>
/// <param name="precision">1 / sigma² of every row [B, 1], of the dtype of all that follows.</param>
/// <param name="elements">Numbers an image.</param>
internal sealed class WeightedMean(torch.Tensor precision, long elements)
{
    private readonly torch.Tensor _highest = torch.full_like(precision, float.MinValue);
    private readonly torch.Tensor _weight = torch.zeros_like(precision);
    private readonly torch.Tensor _sum = torch.zeros([precision.shape[0], elements], precision.dtype, precision.device);

    /// <summary>The mean of all images so far: [B, elements].</summary>
    internal torch.Tensor Value => _sum / _weight;

    /// <summary>Adds images.</summary>
    /// <param name="heights">h [B, chunk], which is overwritten; <see cref="float.MinValue"/> for an image that does not count.</param>
    /// <param name="images">The images [chunk, elements].</param>
    internal void Add(torch.Tensor heights, torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var highest = torch.maximum(_highest, heights.amax([1], true));
        var kept = (_highest - highest).mul_(precision).exp_();
        var weights = heights.sub_(highest).mul_(precision).exp_();
        _weight.mul_(kept).add_(weights.sum(1L, true));
        _sum.mul_(kept).add_(weights.mm(images));
        _highest.copy_(highest);
    }
}
