namespace Dfx.Diffusion;

/// <summary>Modules that a network owns by names of its own, in order.</summary>
internal sealed class BlockSet() : torch.nn.Module(nameof(BlockSet))
{
    private readonly List<UNetBlock> _blocks = [];

    /// <summary>The residual blocks, in order.</summary>
    internal IReadOnlyList<UNetBlock> Blocks => _blocks;

    internal T Add<T>(string name, T module)
        where T : torch.nn.Module
    {
        register_module(name, module);
        if (module is UNetBlock block)
        {
            _blocks.Add(block);
        }

        return module;
    }
}
