using Dfx.Sdk;

namespace Dfx.Data.Images;

/// <summary>From real values to 8-bit pixels.</summary>
public static class PixelBytes
{
    /// <summary>What <see cref="Quantize"/> does, for the protocol of a measurement.</summary>
    public const string Rule = "clamp(127.5 x + 128, 0, 255) truncated to uint8";

    /// <summary>
    /// Images in [-1, 1] as bytes: clamp(127.5 x + 128, 0, 255), truncated. This is 127.5 (x + 1) rounded half up, as EDM's generate.py
    /// does it (NVlabs/edm); values beyond the range become 0 or 255.
    /// </summary>
    /// <param name="images">Any shape, device and floating dtype; the arithmetic is in float32, or float64 for float64.</param>
    /// <returns>A new uint8 tensor of the same shape on the same device.</returns>
    /// <exception cref="DivergedException">A value is infinite or not a number.</exception>
    public static torch.Tensor Quantize(torch.Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var values = images.dtype == torch.float64 ? images : images.to(torch.float32);
        var bad = values.NumberOfElements - values.isfinite().sum().ToInt64();
        return bad == 0
            ? ((values * 127.5) + 128).clamp(0, 255).to(torch.uint8).MoveToOuterDisposeScope()
            : throw new DivergedException($"{bad} of {values.NumberOfElements} pixel values are infinite or not a number; expected values around [-1, 1]");
    }
}
