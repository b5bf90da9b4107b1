using Dfx.Harness.Plugins.Metadata;
using Dfx.Sdk;

namespace Dfx.Harness.Plugins.Discovery;

/// <summary>What the card of a correction says of its collection, and the rules that hold between the card, the interface and the options.</summary>
internal static class CollectionCard
{
    private const string Interface = "Dfx.Sdk." + nameof(ICollectingCorrection);

    /// <summary>The word for what a correction collects; empty if it collects nothing, and for other kinds.</summary>
    /// <exception cref="CardException">The card and the interfaces contradict each other, or the word is none.</exception>
    internal static string Read(KindCard kind, AttributeArguments card, IReadOnlyList<TypeShape> interfaces)
    {
        if (kind.Kind != PluginKind.Correction)
        {
            return "";
        }

        var (word, implemented) = (Word(card), interfaces.Any(i => i.FullName == Interface));
        return (word.Length > 0, implemented) switch
        {
            (true, false) => throw new CardException($"its card names the collection '{word}' and it does not implement {nameof(ICollectingCorrection)}"),
            (false, true) => throw new CardException($"it implements {nameof(ICollectingCorrection)} and its card names no {nameof(CorrectionAttribute.Collection)}"),
            (true, _) when card[nameof(CorrectionAttribute.Untrained)] is true => throw new CardException(
                $"it is untrained and collects '{word}', which nobody would use: remove {nameof(CorrectionAttribute.Untrained)} or {nameof(CorrectionAttribute.Collection)}"),
            (true, _) when !KebabCase.Is(word, slashes: false) => throw new CardException($"its collection '{word}' must be kebab-case, such as pairs"),
            _ => word,
        };
    }

    /// <summary>The parameters, if those with <see cref="CollectsAttribute"/> belong to a correction that collects.</summary>
    /// <exception cref="CardException">One of them does not.</exception>
    internal static IReadOnlyList<ParameterCard> Checked(KindCard kind, AttributeArguments card, IReadOnlyList<ParameterCard> parameters) =>
        parameters.FirstOrDefault(parameter => parameter.Collects) is not { } odd || (kind.Kind == PluginKind.Correction && Word(card).Length > 0)
            ? parameters
            : throw new CardException(kind.Kind == PluginKind.Correction
                ? $"parameter {odd.Member}: [Collects] is for corrections whose card names a {nameof(CorrectionAttribute.Collection)}; name one, or remove it"
                : $"parameter {odd.Member}: [Collects] is for options of corrections that collect; remove it from this {kind.Kind.ToString().ToLowerInvariant()}");

    private static string Word(AttributeArguments card) => card[nameof(CorrectionAttribute.Collection)] as string ?? "";
}
