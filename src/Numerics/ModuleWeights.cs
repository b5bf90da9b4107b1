namespace Dfx.Numerics;

/// <summary>Writing weights into modules.</summary>
public static class ModuleWeights
{
    /// <summary>Copies tensors into the module's parameters and buffers, all or none: names and shapes are looked at first.</summary>
    /// <remarks>TorchSharp's <c>load_state_dict</c> writes before it has seen everything, and takes shapes that can be broadcast.</remarks>
    /// <param name="module">The module.</param>
    /// <param name="weights">One tensor for each name of the module's state, of its shape; dtypes and devices may differ.</param>
    /// <exception cref="InvalidOperationException">A name is missing or unknown.</exception>
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    public static void CopyWeights(this torch.nn.Module module, IReadOnlyDictionary<string, torch.Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var own = module.state_dict();
        Check(own, weights);
        foreach (var (name, tensor) in own)
        {
            tensor.copy_(weights[name]);
        }
    }

    private static void Check(Dictionary<string, torch.Tensor> own, IReadOnlyDictionary<string, torch.Tensor> given)
    {
        if (own.Keys.Except(given.Keys).Order(StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw new InvalidOperationException($"The weights lack {missing}.");
        }

        if (given.Keys.Except(own.Keys).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException($"The weights hold {unknown}, which the network has not.");
        }

        foreach (var (name, tensor) in own.Where(t => !t.Value.shape.SequenceEqual(given[t.Key].shape)))
        {
            throw new ArgumentException(
                $"{name} has the shape [{string.Join(", ", given[name].shape)}] in the weights, [{string.Join(", ", tensor.shape)}] in the network.", nameof(given));
        }
    }
}
