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
    private NetworkCard? _card;

    /// <summary>A network of a family.</summary>
    /// <param name="family">What its card calls it.</param>
    protected UNet(string family)
        : base(family) => Family = family;

    /// <summary>What its card calls it.</summary>
    public string Family { get; }

    /// <summary>Its family, how many numbers it learns and how much one evaluation computes.</summary>
    public NetworkCard Card => _card ??= new(Family, parameters().Sum(p => p.numel())) { MultiplyAdds = MultiplyAdds };

    /// <summary>Who is told of its evaluations: that of the context that it was made in.</summary>
    internal IEvaluationMeter Meter { get; set; } = IEvaluationMeter.None;

    /// <summary>
    /// Multiplications with addition of one evaluation of one image, in learned convolutions and matrix products, as the architecture is
    /// published; null if nobody counted. Constant filters, norms and activations are left out.
    /// </summary>
    public virtual long? MultiplyAdds => null;

    /// <inheritdoc/>
    public abstract void AtStep(long step, int part = 0, int update = 0);

    /// <summary>Counts the call and runs it.</summary>
    /// <param name="input1">x.</param>
    /// <param name="input2">The noise labels.</param>
    /// <param name="input3">The further inputs.</param>
    public sealed override torch.Tensor forward(torch.Tensor input1, torch.Tensor? input2, NetworkInputs? input3)
    {
        ArgumentNullException.ThrowIfNull(input1);
        Meter.Count(Card, input1.shape[0], training && torch.is_grad_enabled());
        return Run(input1, input2, input3);
    }

    /// <summary>One evaluation.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="labels">[N] of x's dtype, or null.</param>
    /// <param name="inputs">The further inputs, or null.</param>
    /// <returns>[N, outputs, H, W] of x's dtype, on x's device.</returns>
    protected abstract torch.Tensor Run(torch.Tensor x, torch.Tensor? labels, NetworkInputs? inputs);
}
