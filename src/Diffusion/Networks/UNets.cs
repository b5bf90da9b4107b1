using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>Makes the networks that a matrix asks for.</summary>
public static class UNets
{
    /// <summary>The families: <c>ddpmpp</c> and <c>ncsnpp</c> (Song et al. 2021), <c>adm</c> (Dhariwal and Nichol 2021), <c>light</c> (for second networks).</summary>
    public static IReadOnlyList<string> Families { get; } = [.. NetworkFamily.All.Select(f => f.Name)];

    /// <summary>A light network of three resolutions with b, 2 b and 4 b channels and one residual block at each.</summary>
    /// <param name="channels">b, a multiple of 4.</param>
    public static NetworkSettings Light(int channels) => new() { Family = "light", Channels = channels, Multipliers = [1, 2, 4], Blocks = 1 };

    /// <summary>What is wrong with settings whatever the data are, with what would be right; null if nothing is.</summary>
    /// <param name="settings">Family and size.</param>
    public static string? Problem(NetworkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return NetworkProblems.Of(settings, Families);
    }

    /// <summary>What is wrong with settings for images of a shape, with what would be right; null if nothing is. No network is made.</summary>
    /// <param name="settings">Family and size.</param>
    /// <param name="images">What goes in.</param>
    public static string? Problem(NetworkSettings settings, DataShape images) => Problem(settings) ?? NetworkProblems.Of(settings, images);

    /// <summary>The network of a run, on its device, in its precision, told the task's condition, classes and, if the training augments, augmentation.</summary>
    /// <param name="model">Network settings, data, task, device, precision and seed.</param>
    /// <param name="purpose">What the network is, so that two networks of one run start with different weights.</param>
    /// <param name="outputs">Channels of the output; null for those of the images.</param>
    /// <param name="augmentation">Numbers of an augmentation label; null for those of the run.</param>
    /// <param name="role">What the network is to its model. The card of a second network calls it by its purpose.</param>
    /// <returns>A new network in training mode; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The settings do not fit the data; the message says which and what would.</exception>
    public static UNet For(
        ModelContext model, string purpose = "init", int? outputs = null, int? augmentation = null, NetworkRole role = NetworkRole.Main)
    {
        var signature = NetworkSignature.Of(model);
        return For(model, signature with { Outputs = outputs ?? signature.Outputs, Augmentation = augmentation ?? signature.Augmentation }, purpose, role);
    }

    /// <summary>A network of a run with inputs and outputs of its own, such as a second network.</summary>
    /// <param name="model">Network settings, device, precision and seed.</param>
    /// <param name="signature">What goes in and what comes out.</param>
    /// <param name="purpose">What the network is, so that two networks of one run start with different weights.</param>
    /// <param name="role">What the network is to its model. The card of a second network calls it by its purpose.</param>
    /// <returns>A new network in training mode, which tells the context's meter of its evaluations; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The settings do not fit the data; the message says which and what would.</exception>
    public static UNet For(ModelContext model, NetworkSignature signature, string purpose, NetworkRole role = NetworkRole.Main)
    {
        ArgumentNullException.ThrowIfNull(model);
        var network = Create(model.Network, signature, model.Seed, model.Scope + purpose, model.Precision).to(model.Device).KeepTensors();
        (network.Meter, network.Role, network.Purpose) = (model.Meter, role, purpose);
        return network;
    }

    /// <summary>A network on the CPU that nobody counts: for tests and timings. Methods take <see cref="For(ModelContext, string, int?, int?, NetworkRole)"/>.</summary>
    /// <param name="settings">Family and size.</param>
    /// <param name="signature">What goes in and what comes out.</param>
    /// <param name="seed">The seed of its first weights and of its dropout.</param>
    /// <param name="purpose">What the network is, so that two networks of one run start with different weights.</param>
    /// <param name="precision">The arithmetic of its forward and backward pass; its results are of its input's dtype in either case.</param>
    /// <returns>A new network in training mode; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The settings do not fit the data; the message says which and what would.</exception>
    public static UNet Create(
        NetworkSettings settings, NetworkSignature signature, ulong seed, string purpose = "init", Precision precision = Precision.Float32)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if ((NetworkProblems.Of(signature) ?? Problem(settings, signature.Images)) is { } problem)
        {
            throw new ArgumentException($"The network cannot be built: {problem}", nameof(settings));
        }

        return NetworkFamily.All.First(f => f.Name == settings.Family).Build(settings, signature, seed, purpose, precision).KeepTensors();
    }
}
