using Dfx.Numerics;

namespace Dfx.SoftDiffusion;

/// <summary>
/// Keeps products of a corruption out of TF32, which a job of that precision lets all of CUDA's products round to; the gradients that flow
/// back through them are rounded as the network's are.
/// </summary>
internal static class ExactProducts
{
    /// <summary>While not disposed, products on the device are float32; null on the CPU, which knows no other.</summary>
    internal static IDisposable? On(torch.Device device) => device.type == DeviceType.CUDA ? Tf32.Region(allowed: false) : null;
}
