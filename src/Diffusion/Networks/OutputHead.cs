namespace Dfx.Diffusion;

/// <summary>Norm, SiLU and a convolution that starts near zero: features to an image.</summary>
internal sealed class OutputHead(NormLayer norm, ConvLayer conv, Resampler? enlarge = null)
{
    /// <summary>The image of the features, plus the enlarged image of the smaller level if there is one.</summary>
    internal torch.Tensor Add(torch.Tensor x, torch.Tensor? smaller)
    {
        var image = conv.call(norm.Silu(x));
        return smaller is null ? image : image + enlarge!.call(smaller);
    }

    internal long MultiplyAdds(long pixels) => conv.MultiplyAdds(pixels);
}
