namespace Dfx.Diffusion;

/// <summary>What a block does to the resolution. With EDM's filter [1, 1] it is the mean of 2 by 2 pixels, or the nearest pixel.</summary>
internal enum Resampling
{
    Keep,
    Halve,
    Double,
}

internal static class ResamplingExtensions
{
    internal static torch.Tensor Apply(this Resampling resampling, torch.Tensor x) => resampling switch
    {
        Resampling.Halve => torch.nn.functional.avg_pool2d(x, 2),
        Resampling.Double => torch.nn.functional.interpolate(x, scale_factor: [2.0, 2.0]),
        _ => x,
    };
}
