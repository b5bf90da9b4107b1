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
    private NetworkCard? _reported;

    /// <summary>A network of a family.</summary>
    /// <param name="family">What its card calls it.</param>
    protected UNet(string family)
        : base(family) => Family = family;

    /// <summary>What its card calls it.</summary>
    public string Family { get; }

    /// <summary>Its family, how many numbers it learns, how much one evaluation computes and what it is to its model.</summary>
    public NetworkCard Card => _card ??= new(Role == NetworkRole.Main ? Family : Purpose, parameters().Sum(p => p.numel()))
    {
        MultiplyAdds = MultiplyAdds,
        Role = Role,
        Reports = true,
    };

    /// <summary>Who is told of its evaluations: that of the context that it was made in.</summary>
    internal IEvaluationMeter Meter { get; set; } = IEvaluationMeter.None;

    /// <summary>What it is to its model.</summary>
    internal NetworkRole Role { get; set; } = NetworkRole.Main;

    /// <summary>What the card of a second network calls it.</summary>
    internal string Purpose { get; set; } = "";

    /// <summary>
    /// Multiplications with addition of one evaluation of one image, in learned convolutions and matrix products, as the architecture is
    /// published; null if nobody counted. Constant filters, norms and activations are left out.
    /// </summary>
    public virtual long? MultiplyAdds => null;

    /// <summary>Height × width of the images that <see cref="MultiplyAdds"/> is of; null if it takes no others.</summary>
    protected virtual long? Pixels => null;

    /// <inheritdoc/>
    public abstract void AtStep(long step, int part = 0, int update = 0);

    /// <summary>Counts the call and runs it.</summary>
    /// <param name="input1">x.</param>
    /// <param name="input2">The noise labels.</param>
    /// <param name="input3">The further inputs.</param>
    public sealed override torch.Tensor forward(torch.Tensor input1, torch.Tensor? input2, NetworkInputs? input3)
    {
        ArgumentNullException.ThrowIfNull(input1);
        Meter.Count(Reported(input1.shape[2] * input1.shape[3]), input1.shape[0], training && torch.is_grad_enabled());
        return Run(input1, input2, input3);
    }

    // Convolutions, nearly all of the work, grow with the pixels: patches of images cost that share of them.
    private NetworkCard Reported(long pixels)
    {
        if (Pixels is not { } whole || pixels == whole || Card.MultiplyAdds is not { } all)
        {
            return Card;
        }

        var share = (long)((Int128)all * pixels / whole);
        return _reported?.MultiplyAdds == share ? _reported : _reported = Card with { MultiplyAdds = share };
    }

    /// <summary>One evaluation.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="labels">[N] of x's dtype, or null.</param>
    /// <param name="inputs">The further inputs, or null.</param>
    /// <returns>[N, outputs, H, W] of x's dtype, on x's device.</returns>
    protected abstract torch.Tensor Run(torch.Tensor x, torch.Tensor? labels, NetworkInputs? inputs);
}
