namespace Dfx.Sdk;

/// <summary>What is kept of a model or of a training run: named tensors and a few facts in words. Hosts store it as safetensors.</summary>
/// <param name="Tensors">Names and tensors, on any device, of any floating or integer dtype.</param>
/// <param name="Facts">Names and words, for what is no tensor.</param>
public sealed record Checkpoint(IReadOnlyDictionary<string, torch.Tensor> Tensors, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>A checkpoint of tensors alone.</summary>
    public Checkpoint(IReadOnlyDictionary<string, torch.Tensor> tensors)
        : this(tensors, new Dictionary<string, string>())
    {
    }
}
