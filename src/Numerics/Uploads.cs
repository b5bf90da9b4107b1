namespace Dfx.Numerics;

/// <summary>Tensors on their way from the host to a device.</summary>
public static class Uploads
{
    /// <summary>
    /// A copy on a device. For CUDA the host does not wait: the numbers go into pinned memory, which libtorch keeps until they have arrived. A transfer from
    /// other memory waits for all that the device was asked to do before.
    /// </summary>
    /// <param name="host">A tensor on the CPU; it may be changed or disposed at once.</param>
    /// <param name="device">The device.</param>
    /// <returns>A new tensor.</returns>
    /// <remarks>NVIDIA, "CUDA Runtime API", section "API synchronization behavior": copies from pageable memory may synchronize with the stream.</remarks>
    public static torch.Tensor Upload(this torch.Tensor host, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(device);
        if (device.type != DeviceType.CUDA)
        {
            return host.to(host.dtype, device, copy: true);
        }

        using var pinned = host.pin_memory();
        return pinned.to(host.dtype, device, copy: true, non_blocking: true);
    }

    /// <summary>A tensor where it is needed: for the CPU the tensor itself, otherwise a copy as <see cref="Upload"/> makes it.</summary>
    /// <param name="host">A tensor on the CPU.</param>
    /// <param name="device">The device.</param>
    public static torch.Tensor OnDevice(this torch.Tensor host, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? host : host.Upload(device);
    }
}
