namespace Dfx.Torch;

/// <summary>Conversions of modules that keep the module's own type. Parameters stay the same objects.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Moves all parameters and buffers to a device.</summary>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        module.Convert(null, device);
        return module;
    }

    /// <summary>Converts all floating-point parameters and buffers to a dtype.</summary>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        module.Convert(type, null);
        return module;
    }

    /// <summary>Converts all floating-point parameters and buffers to a dtype and moves them to a device.</summary>
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        module.Convert(type, device);
        return module;
    }
}
