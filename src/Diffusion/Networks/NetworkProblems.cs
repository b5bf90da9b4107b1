using Dfx.Numerics.Files;

namespace Dfx.Diffusion;

/// <summary>What is wrong with network settings, with what would be right; null if nothing is.</summary>
internal static class NetworkProblems
{
    private const string Adm = "adm";
    private const string Light = "light";

    internal static string? Of(NetworkSettings settings, IReadOnlyCollection<string> families) => settings switch
    {
        _ when !families.Contains(settings.Family) => $"family '{settings.Family}' is unknown; the nearest is '{NearestName.Of(settings.Family, families)}'.",
        _ when settings.Channels < 4 || settings.Channels % 4 != 0 =>
            $"channels are {settings.Channels}; expected a multiple of 4, such as {Math.Max(4, settings.Channels / 4 * 4)}.",
        _ when settings.Multipliers.Length == 0 || settings.Multipliers.Any(m => m < 1) =>
            $"multipliers are [{string.Join(", ", settings.Multipliers)}]; expected one or more, each at least 1.",
        { Blocks: < 1 } => $"blocks are {settings.Blocks}; expected at least 1.",
        { Dropout: not (>= 0 and < 1) } => $"dropout is {settings.Dropout}; expected a probability in [0, 1).",
        { Family: Light, Attention: [var resolution, ..] } => $"attention at resolution {resolution}, which the family 'light' does not have; expected none.",
        { Family: Adm } => Heads(settings),
        _ => null,
    };

    internal static string? Of(NetworkSettings settings, DataShape shape) => Halvings(settings.Multipliers.Length, shape) ?? Attention(settings, shape);

    internal static string? Of(NetworkSignature signature) => signature switch
    {
        { Condition: < 0 } or { Classes: < 0 } or { Augmentation: < 0 } or { Outputs: < 1 } =>
            $"it has {signature.Condition} condition channels, {signature.Classes} classes, {signature.Augmentation} augmentation numbers and {signature.Outputs} outputs; expected none negative and at least one output.",
        { NoiseBlind: true, Classes: > 0 } or { NoiseBlind: true, Augmentation: > 0 } => "without an embedding of the noise level it cannot be told classes or augmentation.",
        { LabelDropout: not (>= 0 and < 1) } => $"label dropout is {signature.LabelDropout}; expected a probability in [0, 1).",
        _ => null,
    };

    // Which levels attend depends on the images; that their channels divide into heads is asked of all.
    private static string? Heads(NetworkSettings settings)
    {
        var channels = settings.Multipliers.Select(m => m * settings.Channels).FirstOrDefault(c => BlockStyle.Adm.Heads(c) is > 0 and var heads && c % heads != 0);
        return channels == 0 ? null : $"{channels} channels do not divide into the {BlockStyle.Adm.Heads(channels)} attention heads that the family 'adm' gives them; expected a multiple of 64.";
    }

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
