using Dfx.Torch.Interop;

namespace Dfx.Numerics;

/// <summary>Mixed precision: libtorch's automatic casting of this thread's operations.</summary>
public static class Autocast
{
    /// <summary>Whether the tensor library can cast automatically.</summary>
    public static bool IsSupported => true;

    /// <summary>
    /// Until the result is disposed, matrix products and convolutions of this thread run in <paramref name="dtype"/>; what needs
    /// precision stays in float32. Parameters and gradients stay in float32.
    /// </summary>
    /// <param name="device">The device whose operations are cast: CPU or CUDA.</param>
    /// <param name="dtype">bfloat16, or float16 on CUDA.</param>
    public static IDisposable Region(DeviceType device, torch.ScalarType dtype = torch.ScalarType.BFloat16) => new Scope(device, dtype);

    private sealed class Scope : IDisposable
    {
        private readonly DeviceType _device;
        private readonly torch.ScalarType _dtype;
        private readonly bool _before;

        internal Scope(DeviceType device, torch.ScalarType dtype)
        {
            (_device, _dtype) = (device, dtype);
            _before = Native.dfx_autocast_enabled((int)device) != 0;
            NativeResults.Check(Native.dfx_set_autocast((int)device, 1, (int)dtype));
        }

        public void Dispose() => NativeResults.Check(Native.dfx_set_autocast((int)_device, _before ? 1 : 0, (int)_dtype));
    }
}
