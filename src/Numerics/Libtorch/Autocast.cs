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
        private readonly int _device;
        private readonly int _enabledBefore;
        private readonly int _dtypeBefore;
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private bool _ended;

        internal Scope(DeviceType device, torch.ScalarType dtype)
        {
            _device = (int)device;
            (_enabledBefore, _dtypeBefore) = (Native.dfx_autocast_enabled(_device), Native.dfx_autocast_type(_device));
            NativeResults.Check(Native.dfx_set_autocast(_device, 1, (int)dtype));
        }

        public void Dispose()
        {
            if (_ended)
            {
                return;
            }

            if (Environment.CurrentManagedThreadId != _thread)
            {
                throw new InvalidOperationException("A region of mixed precision ends on the thread that began it.");
            }

            _ended = true;
            NativeResults.Check(Native.dfx_set_autocast(_device, _enabledBefore, _dtypeBefore));
        }
    }
}
