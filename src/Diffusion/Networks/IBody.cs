namespace Dfx.Diffusion;

/// <summary>What a network does with images, given the embedded noise level.</summary>
internal interface IBody
{
    /// <summary>Its modules by their names in the network, in order.</summary>
    IEnumerable<(string Name, torch.nn.Module Module)> Parts { get; }

    /// <summary>Of one image.</summary>
    long MultiplyAdds { get; }

    /// <summary>Images with their condition [N, C, H, W] and embeddings [N, E], or null if there are none, to [N, outputs, H, W].</summary>
    torch.Tensor Run(torch.Tensor x, torch.Tensor? level);
}
