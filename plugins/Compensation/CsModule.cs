namespace Dfx.Compensation;

/// <summary>
/// The compensation module C_phi (Lu et al. 2024, section 3.3): a small network that estimates how wrong the main network's noise is, u = z - eps, from a state and eps.
/// The term of a step is then c = -k u, in the scale that the step has; with head: raw the network's output is c.
/// </summary>
/// <param name="network">The network; whoever made it disposes it.</param>
/// <param name="process">What labels noise levels.</param>
/// <param name="input">What it sees.</param>
/// <param name="head">What its output is.</param>
internal sealed class CsModule(UNet network, IProcess process, CsInput input = CsInput.Eps, CsHead head = CsHead.Noise)
{
    /// <summary>What its card and the checkpoint's tensors are called.</summary>
    internal const string Name = "module";

    // A module of so many channels to the main network's costs below 1 % of it.
    private const int MainChannels = 44;

    /// <summary>Its channels come in groups of so many.</summary>
    internal const int Multiple = 4;

    internal UNet Network => network;

    /// <summary>A new network for it.</summary>
    /// <param name="model">The main network's settings, and the task, whose channels it sees too.</param>
    /// <param name="input">What it sees.</param>
    /// <param name="width">Its channels, or null.</param>
    /// <exception cref="ArgumentException">The width is no multiple of 4.</exception>
    internal static UNet Build(ModelContext model, CsInput input = CsInput.Eps, int? width = null)
    {
        var (channels, shape) = (Width(model.Network, width), model.Data.Shape);
        var signature = new NetworkSignature(shape) { Condition = model.Task.ConditionChannels(shape) + (input == CsInput.Eps ? shape.Channels : 0) };
        return UNets.For(model with { Network = UNets.Light(channels) }, signature, Name, NetworkRole.Auxiliary);
    }

    /// <summary>Its channels at full size.</summary>
    /// <param name="main">The main network's settings.</param>
    /// <param name="width">What the options ask for, or null.</param>
    /// <exception cref="ArgumentException">They are no multiple of 4.</exception>
    internal static int Width(NetworkSettings main, int? width)
    {
        var channels = width ?? Multiple * ((main.Channels + MainChannels - 1) / MainChannels);
        return channels % Multiple == 0
            ? channels
            : throw new ArgumentException($"width is {channels}, and the module's channels come in groups of {Multiple}: give {channels / Multiple * Multiple} or {(channels / Multiple * Multiple) + Multiple}.");
    }

    /// <summary>Its estimate of the term c of a step.</summary>
    /// <param name="rows">States, and where they go.</param>
    /// <param name="eps">The main network's estimate of their noise, outside of the graph.</param>
    /// <returns>A new tensor [N, C, H, W].</returns>
    internal torch.Tensor Term(RolloutRows rows, torch.Tensor eps)
    {
        using var scope = torch.NewDisposeScope();
        var output = Call(rows, eps);
        return scope.MoveToOuter(head == CsHead.Raw ? output : output * -Denoising.Rows(Compensation.NoiseWeight(rows.Sigma, rows.Next), output));
    }

    /// <summary>Its estimate u of z - eps: what the noise estimate is wrong by.</summary>
    /// <inheritdoc cref="Term" path="/param|/returns"/>
    internal torch.Tensor Residual(RolloutRows rows, torch.Tensor eps)
    {
        using var scope = torch.NewDisposeScope();
        var output = Call(rows, eps);
        return scope.MoveToOuter(head == CsHead.Noise ? output : output / -Denoising.Rows(Compensation.NoiseWeight(rows.Sigma, rows.Next), output));
    }

    private torch.Tensor Call(RolloutRows rows, torch.Tensor eps)
    {
        var label = process.Precondition(rows.Sigma).Noise.to(rows.X.dtype);
        torch.Tensor?[] channels = [input == CsInput.Eps ? eps : null, rows.Condition?.Channels];
        var given = channels.OfType<torch.Tensor>().ToList();
        return network.call(rows.X, label, given.Count == 0 ? null : new() { Channels = torch.cat(given, 1) });
    }
}
