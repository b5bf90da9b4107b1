using Dfx.Numerics;

namespace Dfx.Sdk;

/// <summary>Moves numbers that were made on the CPU to where they are needed.</summary>
internal static class NoiseTensors
{
    /// <summary>A new tensor of the values, of the dtype, on the device.</summary>
    internal static torch.Tensor From(float[] values, long[] shape, torch.Device device, torch.ScalarType dtype)
    {
        using var single = torch.tensor(values, shape);
        if (device.type != DeviceType.CUDA)
        {
            return single.to(dtype, device, copy: true);
        }

        using var uploaded = single.Upload(device);
        return dtype == torch.ScalarType.Float32 ? uploaded.alias() : uploaded.to(dtype);
    }
}
