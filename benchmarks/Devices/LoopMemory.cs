using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Dfx.Numerics;

namespace Dfx.Benchmarks.Devices;

/// <summary>
/// Our side's memory: on the CPU the process's peak beyond what it held at the start; on CUDA what the whole GPU holds beyond what it held at the start, less what the
/// other side says of itself, since drivers in containers do not tell processes apart. There libtorch keeps what it once took, so it is the peak so far.
/// </summary>
internal sealed class LoopMemory(torch.Device device)
{
    private long? _before;

    /// <summary>A peak starts anew on the CPU; growth counts from the first call, when both processes have opened the GPU.</summary>
    internal void Start(OfficialLoop other)
    {
        using var opened = torch.zeros(1, device: device);
        DeviceMemory.ResetPeak(device);
        _before ??= device.type == DeviceType.CPU ? DeviceMemory.InUse(device) : Ours(other);
    }

    /// <summary>Bytes since the start; null where they cannot be told.</summary>
    internal long? Grown(OfficialLoop other) => (device.type == DeviceType.CPU ? DeviceMemory.Peak(device) : Ours(other)) - _before;

    private static long? Ours(OfficialLoop other) => Used() - other.Held();

    private static long? Used()
    {
        var visible = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES")?.Split(',')[0];
        var ask = new ProcessStartInfo("nvidia-smi", ["--query-gpu=memory.used", "--format=csv,noheader,nounits", "-i", string.IsNullOrEmpty(visible) ? "0" : visible])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(ask)!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return long.TryParse(text, CultureInfo.InvariantCulture, out var mebibytes) ? mebibytes << 20 : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
