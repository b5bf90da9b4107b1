namespace Dfx.Diffusion;

/// <summary>
/// A network from noisy images, noise labels and further inputs to images: <c>network.call(x, labels, inputs)</c>. Made by
/// <see cref="UNets"/>.
/// </summary>
/// <remarks>
/// x is [N, C, H, W]; the labels are [N] of x's dtype, what the process calls c_noise, or null if the network does not see the noise level;
/// the inputs are null if the network was made without any. The result is [N, outputs, H, W] of x's dtype, on x's device.
/// </remarks>
public abstract class UNet : torch.nn.Module<torch.Tensor, torch.Tensor?, NetworkInputs?, torch.Tensor>, IStepped
{
    /// <summary>A network of a family.</summary>
    /// <param name="family">What its card calls it.</param>
    protected UNet(string family)
        : base(family) => Family = family;

    /// <summary>What its card calls it.</summary>
    public string Family { get; }

    /// <summary>Its family, how many numbers it learns and how much one evaluation computes.</summary>
    public NetworkCard Card => new(Family, parameters().Sum(p => p.numel())) { MultiplyAdds = MultiplyAdds };

    /// <summary>
    /// Multiplications with addition of one evaluation of one image, in learned convolutions and matrix products, as the architecture is
    /// published; null if nobody counted. Constant filters, norms and activations are left out.
    /// </summary>
    public virtual long? MultiplyAdds => null;

    /// <inheritdoc/>
    public abstract void AtStep(long step);
}
