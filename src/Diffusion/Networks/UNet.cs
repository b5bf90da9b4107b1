namespace Dfx.Diffusion;

/// <summary>
/// A network from noisy images, noise labels and a condition to images: <c>network.call(x, labels, condition)</c>. Made by
/// <see cref="UNets"/>.
/// </summary>
/// <remarks>
/// x is [N, C, H, W]; the labels are [N] of x's dtype, what the process calls c_noise; the condition is [N, K, H, W], or null if the
/// network was made without one. The result is [N, outputs, H, W] of x's dtype.
/// </remarks>
public abstract class UNet : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor?, torch.Tensor>, IStepped
{
    /// <summary>A network of a family.</summary>
    /// <param name="family">What its card calls it.</param>
    protected UNet(string family)
        : base(family) => Family = family;

    /// <summary>What its card calls it.</summary>
    public string Family { get; }

    /// <summary>Its family and how many numbers it learns.</summary>
    public NetworkCard Card => new(Family, parameters().Sum(p => p.numel()));

    /// <inheritdoc/>
    public abstract void AtStep(long step);
}
