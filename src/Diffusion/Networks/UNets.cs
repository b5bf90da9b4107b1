using Dfx.Numerics.Files;

namespace Dfx.Diffusion;

/// <summary>Makes the networks that a matrix asks for.</summary>
public static class UNets
{
    private static readonly string[] s_families = ["ddpmpp"];

    /// <summary>What is wrong with settings whatever the data are, with what would be right; null if nothing is.</summary>
    /// <param name="settings">Family and size.</param>
    public static string? Problem(NetworkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings switch
        {
            _ when !s_families.Contains(settings.Family) => $"family '{settings.Family}' is unknown; the nearest is '{NearestName.Of(settings.Family, s_families)}'.",
            _ when settings.Channels < 4 || settings.Channels % 4 != 0 =>
                $"channels are {settings.Channels}; expected a multiple of 4, such as {Math.Max(4, settings.Channels / 4 * 4)}.",
            _ when settings.Multipliers.Length == 0 || settings.Multipliers.Any(m => m < 1) =>
                $"multipliers are [{string.Join(", ", settings.Multipliers)}]; expected one or more, each at least 1.",
            { Blocks: < 1 } => $"blocks are {settings.Blocks}; expected at least 1.",
            { Dropout: not (>= 0 and < 1) } => $"dropout is {settings.Dropout}; expected a probability in [0, 1).",
            _ => null,
        };
    }

    /// <summary>The network of a run, on its device, in its precision, with the task's condition as further input.</summary>
    /// <param name="model">Network settings, data, task, device, precision and seed.</param>
    /// <param name="purpose">What the network is, so that two networks of one run start with different weights.</param>
    /// <param name="outputs">Channels of the output; null for those of the images.</param>
    /// <returns>A new network in training mode; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The settings do not fit the data; the message says which and what would.</exception>
    public static UNet For(ModelContext model, string purpose = "init", int? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var shape = model.Data.Shape;
        var condition = model.Task.ConditionChannels(shape);
        return Create(model.Network, shape, condition, model.Seed, model.Scope + purpose, outputs, model.Precision).to(model.Device);
    }

    /// <summary>A network on the CPU.</summary>
    /// <param name="settings">Family and size.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="conditionChannels">Channels of the condition that is concatenated to the input; 0 for none.</param>
    /// <param name="seed">The seed of its first weights and of its dropout.</param>
    /// <param name="purpose">What the network is, so that two networks of one run start with different weights.</param>
    /// <param name="outputs">Channels of the output; null for those of the images.</param>
    /// <param name="precision">The arithmetic of its forward and backward pass; its results are of its input's dtype in either case.</param>
    /// <returns>A new network in training mode; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The settings do not fit the data; the message says which and what would.</exception>
    public static UNet Create(
        NetworkSettings settings,
        DataShape shape,
        int conditionChannels,
        ulong seed,
        string purpose = "init",
        int? outputs = null,
        Precision precision = Precision.Float32)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegative(conditionChannels);
        return Problem(settings, shape) is { } problem
            ? throw new ArgumentException($"The network cannot be built: {problem}", nameof(settings))
            : new SongUNet(settings, new(shape, conditionChannels, outputs ?? shape.Channels, seed, purpose, precision));
    }

    private static string? Problem(NetworkSettings settings, DataShape shape) =>
        Problem(settings) ?? Halvings(settings.Multipliers.Length, shape) ?? Attention(settings, shape);

    private static string? Halvings(int levels, DataShape shape)
    {
        var possible = 1;
        while (possible < levels && (shape.Height >> (possible - 1)) % 2 == 0 && (shape.Width >> (possible - 1)) % 2 == 0)
        {
            possible++;
        }

        return possible == levels
            ? null
            : $"{levels} multipliers halve images of {shape} {levels - 1} times, which cannot be halved more than {possible - 1} times; expected at most {possible} multipliers.";
    }

    private static string? Attention(NetworkSettings settings, DataShape shape)
    {
        var resolutions = Enumerable.Range(0, settings.Multipliers.Length).Select(level => shape.Height >> level).ToList();
        return settings.Attention.Except(resolutions).Select(a => (int?)a).FirstOrDefault() is { } stranger
            ? $"attention at resolution {stranger}, which the network does not have; it has {string.Join(", ", resolutions)}."
            : null;
    }
}
