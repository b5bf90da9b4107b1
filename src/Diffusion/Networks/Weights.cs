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
        module.CopyWeights(weights.Under(prefix).Tensors);
    }

    /// <summary>The tensors of one part of a checkpoint, such as those of one of a plan's trainees.</summary>
    /// <param name="weights">Tensors by name.</param>
    /// <param name="prefix">What stands before the part's names, and is taken away.</param>
    /// <returns>The same tensors and facts.</returns>
    public static Checkpoint Under(this Checkpoint weights, string prefix)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var part = weights.Tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);
        return weights with { Tensors = part };
    }
}
