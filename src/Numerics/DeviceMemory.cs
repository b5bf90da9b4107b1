namespace Dfx.Numerics;

/// <summary>What tensors hold on a device: TorchSharp does not say.</summary>
public static class DeviceMemory
{
    /// <summary>Null: it cannot be counted.</summary>
    public static long? InUse(torch.Device device) => null;

    /// <summary>Null: it cannot be counted.</summary>
    public static long? Peak(torch.Device device) => null;

    /// <summary>Does nothing.</summary>
    public static void ResetPeak(torch.Device device)
    {
        // Nothing is counted.
    }

    /// <summary>Does nothing.</summary>
    public static void EmptyCache(torch.Device device)
    {
        // TorchSharp has no such call.
    }

    /// <summary>Null for a GPU: TorchSharp does not tell its name.</summary>
    public static string? Name(torch.Device device) => device.type == DeviceType.CPU ? "cpu" : null;
}
