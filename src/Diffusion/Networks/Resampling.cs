using System.Collections.Immutable;

namespace Dfx.Diffusion;

/// <summary>What a layer does to the resolution.</summary>
internal enum Resampling
{
    Keep,
    Halve,
    Double,
}

/// <summary>
/// Halves or doubles images with a separable filter whose taps are normalised to sum 1, times 2 in each direction when doubling (EDM's
/// resample filters). With the taps [1, 1] that is the mean of 2 by 2 pixels, or the nearest pixel.
/// </summary>
/// <remarks>
/// The filter is a constant of the family and no part of checkpoints: it is made where and as the input is, and kept for the next call.
/// For the mean of 2 by 2 pixels and the nearest pixel libtorch has operations of its own, which are faster.
/// </remarks>
internal sealed class Resampler : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private static readonly long[] s_two = [2, 2];
    private readonly float[]? _filter;
    private torch.Tensor? _kernel;
    private readonly Resampling _direction;
    private readonly long[] _padding;

    /// <summary>An even number of taps; without <paramref name="padded"/> no zeros surround the image when halving.</summary>
    internal Resampler(Resampling direction, ImmutableArray<double> taps, bool padded = true)
        : base(nameof(Resampler))
    {
        (_direction, IsBox) = (direction, taps is [1, 1]);
        var padding = padded ? (taps.Length - 1) / 2 : 0;
        _padding = [padding, padding];
        if (direction != Resampling.Keep && !IsBox)
        {
            var row = taps.Select(t => t * (direction == Resampling.Double ? 2 : 1) / taps.Sum()).ToArray();
            _filter = [.. row.SelectMany(a => row.Select(b => (float)(a * b)))];
        }
    }

    /// <summary>Whether a 1 by 1 convolution, bias included, may as well come before the filter.</summary>
    internal bool IsBox { get; }

    public override torch.Tensor forward(torch.Tensor input) => (_direction, IsBox) switch
    {
        (Resampling.Keep, _) => input,
        (Resampling.Double, true) => torch.nn.functional.interpolate(input, scale_factor: [2.0, 2.0]),
        (Resampling.Halve, true) => torch.nn.functional.avg_pool2d(input, 2),
        (Resampling.Halve, _) => torch.nn.functional.conv2d(input, Kernel(input), null, s_two, _padding, groups: input.shape[1]),
        _ => torch.nn.functional.conv_transpose2d(input, Kernel(input), null, s_two, _padding, groups: input.shape[1]),
    };

    protected override void Dispose(bool disposing)
    {
        _kernel?.Dispose();
        base.Dispose(disposing);
    }

    // [C, 1, K, K]: the same filter for each channel.
    private torch.Tensor Kernel(torch.Tensor input)
    {
        if (_kernel is null || _kernel.shape[0] != input.shape[1] || _kernel.dtype != input.dtype || _kernel.device_type != input.device_type || _kernel.device_index != input.device_index)
        {
            _kernel?.Dispose();
            using var scope = torch.NewDisposeScope();
            var side = (long)Math.Sqrt(_filter!.Length);
            _kernel = torch.tensor(_filter, [1, 1, side, side]).repeat(input.shape[1], 1, 1, 1).to(input.dtype, input.device).DetachFromDisposeScope();
        }

        return _kernel;
    }
}
