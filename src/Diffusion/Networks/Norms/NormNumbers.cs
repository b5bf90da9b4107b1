namespace Dfx.Diffusion;

/// <summary>What a norm shifts and multiplies channels by, or the gradients of it: [N, C], or [C] for all images alike; contiguous, float32, on the CPU.</summary>
internal readonly record struct NormNumbers(torch.Tensor? Shift, torch.Tensor Gain, torch.Tensor Bias)
{
    /// <summary>The numbers' places, while the tensors live.</summary>
    internal unsafe NormRows Rows() => new(
        (nint)(Shift is null ? null : NormSilu.Numbers(Shift)), (nint)NormSilu.Numbers(Gain), (nint)NormSilu.Numbers(Bias), Gain.shape[^1], Gain.Dimensions > 1);
}

/// <summary>Places of <see cref="NormNumbers"/>.</summary>
internal readonly record struct NormRows(nint Shift, nint Gain, nint Bias, long Channels, bool Each)
{
    internal unsafe NormRow Row(long image)
    {
        var row = image * Channels;
        return new(Shift == 0 ? null : (float*)Shift + row, (float*)Gain + (Each ? row : 0), (float*)Bias + (Each ? row : 0));
    }
}
