using Dfx.Numerics.Files;

namespace Dfx.Diffusion;

/// <summary>
/// LPIPS as a distance to train with (Zhang et al. 2018, equation 1), as consistency models do (Song et al. 2023; openai/consistency_models, which takes piq's <c>LPIPS</c> with
/// <c>replace_pooling</c>): VGG-16 with means of 2 x 2 where the classifier has maxima, heads of its own, images enlarged to 224 pixels. It is another network than that of the
/// metric <c>lpips-vgg</c>, and its values differ.
/// </summary>
public sealed class PerceptualDistance : IDisposable
{
    /// <summary>The id under which the user adds torchvision's classifier.</summary>
    public const string Trunk = "vgg16";

    /// <summary>The id under which the user adds the heads, piq's <c>lpips_weights.pt</c>.</summary>
    public const string Heads = "lpips-vgg-piq";

    // Images less wide than this are enlarged to the side that the classifier was trained with.
    private const int Enough = 256;
    private const int Side = 224;

    private static readonly LpipsTrunk s_trunk = LpipsTrunk.Vgg16 with { Averages = true };

    private readonly LpipsNet _network;

    internal PerceptualDistance(LpipsNet network) => _network = network;

    /// <summary>Whether there can be such a distance, before anything is trained: no number is read.</summary>
    /// <param name="images">The images.</param>
    /// <param name="weights">The path of what the user added under an id, or null.</param>
    /// <exception cref="NotApplicableException">Weights are missing, or the images have neither 1 nor 3 channels.</exception>
    /// <exception cref="ArgumentException">A file of weights is another network's.</exception>
    public static void Check(DataShape images, Func<string, string?> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (images.Channels is not (1 or 3))
        {
            throw new NotApplicableException($"LPIPS takes images of 1 or 3 channels, not of {images}");
        }

        try
        {
            LpipsWeights.Check(Heads, s_trunk, weights);
        }
        catch (TensorFileException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }

    /// <summary>Reads the weights.</summary>
    /// <param name="weights">The path of what the user added under an id, or null.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="NotApplicableException">Weights are missing.</exception>
    /// <exception cref="TensorFileException">A file is damaged or another network's.</exception>
    public static PerceptualDistance Load(Func<string, string?> weights, torch.Device device)
    {
        using var read = LpipsWeights.Load(Heads, s_trunk, weights);
        return new(new(s_trunk, read.Tensors, device));
    }

    /// <summary>The distance of each image from its partner, differentiable in the first.</summary>
    /// <param name="made">[N, 1 or 3, H, W] in [-1, 1], float32, on the device. Values outside are taken as they are.</param>
    /// <param name="target">The partners, likewise: a constant.</param>
    /// <returns>A new tensor [N], not negative; the gradient is finite where features vanish.</returns>
    public torch.Tensor Of(torch.Tensor made, torch.Tensor target)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(target);
        using var scope = torch.NewDisposeScope();
        var constant = Input(target.detach());
        return _network.Distance(Input(made), constant).MoveToOuterDisposeScope();
    }

    /// <summary>Images as the network takes them: colour, and enlarged if they are small.</summary>
    internal static torch.Tensor Input(torch.Tensor images)
    {
        var colour = images.shape[1] == 1 ? images.expand(-1, 3, -1, -1) : images;
        return images.shape[3] >= Enough ? colour : torch.nn.functional.interpolate(colour, [Side, Side], null, torch.InterpolationMode.Bilinear, false);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();
}
