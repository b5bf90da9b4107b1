using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>Weights of modules as checkpoints.</summary>
public static class Weights
{
    /// <summary>Copies a checkpoint's tensors into the module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="weights">Tensors by the module's names, and perhaps others.</param>
    /// <param name="prefix">What stands before the module's names in the checkpoint.</param>
    /// <exception cref="InvalidOperationException">A name is missing or unknown.</exception>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public static void Restore(this torch.nn.Module module, Checkpoint weights, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(weights);
        module.CopyWeights(weights.Tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Key[prefix.Length..], t => t.Value));
    }
}
