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
        var given = weights.Tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(t => t.Key[prefix.Length..], t => t.Value);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var own = module.state_dict();
        Check(own, given);
        foreach (var (name, tensor) in own)
        {
            tensor.copy_(given[name]);
        }
    }

    // load_state_dict writes before it checks, and a shape that can be broadcast passes.
    private static void Check(Dictionary<string, torch.Tensor> own, Dictionary<string, torch.Tensor> given)
    {
        if (own.Keys.Except(given.Keys).Order(StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw new InvalidOperationException($"The weights lack {missing}.");
        }

        if (given.Keys.Except(own.Keys).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException($"The weights hold {unknown}, which the network has not.");
        }

        foreach (var (name, tensor) in own)
        {
            if (!tensor.shape.SequenceEqual(given[name].shape))
            {
                throw new ArgumentException($"{name} has the shape [{string.Join(", ", given[name].shape)}] in the weights, [{string.Join(", ", tensor.shape)}] in the network.");
            }
        }
    }
}
