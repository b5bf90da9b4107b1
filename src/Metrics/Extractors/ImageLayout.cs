namespace Dfx.Metrics.Extractors;

/// <summary>How images lie in memory.</summary>
internal static class ImageLayout
{
    /// <summary>Images [N, C, H, W], or weights of convolutions, with channels side by side on the CPU, where oneDNN then reorders nothing.</summary>
    public static torch.Tensor ChannelsLast(torch.Tensor x) =>
        x.device_type == DeviceType.CPU ? x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : x;

    /// <summary>Grey images [N, 1, H, W] repeated to three channels; colour images as they are.</summary>
    public static torch.Tensor Colour(torch.Tensor images) => images.shape[1] == 1 ? images.expand(-1, 3, -1, -1) : images;
}
