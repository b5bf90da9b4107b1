namespace Dfx.Numerics;

/// <summary>Mixed precision: libtorch's automatic casting, which TorchSharp does not offer.</summary>
public static class Autocast
{
    /// <summary>Whether the tensor library can cast automatically.</summary>
    public static bool IsSupported => false;

    /// <summary>Refuses: ask <see cref="IsSupported"/> first and train in float32 where it is false.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static IDisposable Region(DeviceType device, torch.ScalarType dtype = torch.ScalarType.BFloat16) =>
        throw new NotSupportedException($"TorchSharp cannot cast operations on {device} to {dtype} automatically: train with precision float32.");
}
