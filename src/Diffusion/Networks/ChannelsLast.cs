namespace Dfx.Diffusion;

/// <summary>
/// Images [N, C, H, W] whose channels lie side by side in memory. On the CPU, convolutions and resampling of few channels are up to
/// 1.5 times as fast on them, because nothing has to be reordered; what comes out of them lies the same way.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The same images, on the CPU laid out so.</summary>
    internal static torch.Tensor Of(torch.Tensor x)
    {
        if (x.device_type != DeviceType.CPU)
        {
            return x;
        }

        // Images of one channel lie both ways; what tells libtorch which is meant is the stride of that channel, which nothing else looks at.
        var pixels = x.permute(0, 2, 3, 1).contiguous();
        return (x.shape[1] == 1 ? pixels.squeeze(-1).unsqueeze(-1) : pixels).permute(0, 3, 1, 2);
    }

    /// <summary>Whether images on the CPU are laid out so.</summary>
    internal static bool Is(torch.Tensor x)
    {
        if (x.device_type != DeviceType.CPU)
        {
            return false;
        }

        using var pixels = x.permute(0, 2, 3, 1);
        return pixels.is_contiguous();
    }
}
