namespace Dfx.Diffusion;

/// <summary>
/// Images [N, C, H, W] whose channels lie side by side in memory. On the CPU, convolutions and resampling of float32 images are up to
/// 1.5 times as fast on them, because nothing has to be reordered; what comes out of them lies the same way. In bfloat16 convolutions take
/// so little that the norm decides, and libtorch's is three times as fast on images that do not lie so.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The same images, laid out so where that is faster.</summary>
    internal static torch.Tensor Of(torch.Tensor x) =>
        x.device_type == DeviceType.CPU && x.dtype != torch.bfloat16 ? x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : x;

    /// <summary>Whether images on the CPU are laid out so.</summary>
    internal static bool Is(torch.Tensor x)
    {
        if (x.device_type != DeviceType.CPU || x.dtype == torch.bfloat16)
        {
            return false;
        }

        using var pixels = x.permute(0, 2, 3, 1);
        return pixels.is_contiguous();
    }

    /// <summary>Group normalisation of such images, in the order that suits them; libtorch's own copies them there and back.</summary>
    /// <param name="x">[N, C, H, W], channels last.</param>
    /// <param name="groups">A divisor of C.</param>
    /// <param name="weight">[C].</param>
    /// <param name="bias">[C].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <returns>Of x's dtype, channels last.</returns>
    internal static torch.Tensor GroupNorm(torch.Tensor x, long groups, torch.Tensor weight, torch.Tensor bias, double epsilon)
    {
        var shape = x.shape;
        var rows = x.permute(0, 2, 3, 1).reshape(shape[0], shape[2] * shape[3], shape[1]);
        var centred = rows - GroupMeans(rows, groups);
        var scale = (GroupMeans(centred.square(), groups) + epsilon).rsqrt() * weight;
        return bias.addcmul(centred, scale, 1).reshape(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);
    }

    // [N, P, C] to [N, 1, C]: the mean of each channel's group.
    private static torch.Tensor GroupMeans(torch.Tensor rows, long groups)
    {
        var (batch, pixels, channels) = (rows.shape[0], rows.shape[1], rows.shape[2]);
        var means = rows.sum([1L]).reshape(batch, groups, channels / groups).mean([2L], keepdim: true) / pixels;
        return means.expand(batch, groups, channels / groups).reshape(batch, 1, channels);
    }
}
