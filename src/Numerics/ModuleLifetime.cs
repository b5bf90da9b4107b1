namespace Dfx.Numerics;

/// <summary>How long a module's tensors live.</summary>
public static class ModuleLifetime
{
    /// <summary>
    /// Takes a module's parameters and buffers out of the dispose scope that they were made in, so that they live until the module is disposed.
    /// TorchSharp does this for its own layers alone: <c>new Parameter(…)</c>, tensors in fields and what <c>.to(device)</c> makes end with the scope.
    /// </summary>
    /// <typeparam name="T">The module's type.</typeparam>
    /// <param name="module">A module that was just made, or just moved to a device.</param>
    /// <returns>The module.</returns>
    public static T KeepTensors<T>(this T module)
        where T : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var tensor in module.parameters().Concat(module.buffers()))
        {
            tensor.DetachFromDisposeScope();
        }

        return module;
    }
}
