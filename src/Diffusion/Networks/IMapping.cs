namespace Dfx.Diffusion;

/// <summary>Embeds the noise level, with class and augmentation, for all blocks of a network.</summary>
internal interface IMapping
{
    /// <summary>Its layers by their names in the network, in order; null where the network was made without one.</summary>
    IEnumerable<(string Name, torch.nn.Module? Module)> Parts { get; }

    /// <summary>Of one image.</summary>
    long MultiplyAdds { get; }

    /// <summary>Noise labels [N] and what else is told to embeddings [N, E] of their dtype.</summary>
    torch.Tensor Embed(torch.Tensor labels, NetworkInputs? inputs, bool training);
}
