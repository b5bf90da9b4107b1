namespace Dfx.Diffusion;

/// <summary>Modules that a network owns by names of its own, in order.</summary>
internal sealed class BlockSet() : torch.nn.Module(nameof(BlockSet))
{
    internal T Add<T>(string name, T module)
        where T : torch.nn.Module
    {
        register_module(name, module);
        return module;
    }
}
