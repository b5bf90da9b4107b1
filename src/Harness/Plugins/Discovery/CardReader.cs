using System.Reflection;
using Dfx.Harness.Plugins.Metadata;
using Dfx.Sdk;

namespace Dfx.Harness.Plugins.Discovery;

/// <summary>Reads the cards of an assembly.</summary>
internal sealed class CardReader(PluginFile file, AssemblyMetadata assembly, MetadataWorld world)
{
    /// <summary>The plugin types, and what is wrong with those that break a rule.</summary>
    internal (IReadOnlyList<PluginType> Types, IReadOnlyList<string> Faults) Read()
    {
        var types = new List<PluginType>();
        var faults = new List<string>();
        foreach (var (name, handle) in assembly.Types)
        {
            try
            {
                types.AddRange(ReadType(name, new(assembly, handle)));
            }
            catch (CardException fault)
            {
                faults.Add($"{name}: {fault.Message}");
            }
        }

        return (types, faults);
    }

    private List<PluginType> ReadType(string name, FoundType type)
    {
        if ((type.Definition.Attributes & TypeAttributes.Interface) != 0)
        {
            return [];
        }

        var cards = Cards(type);
        var interfaces = Interfaces.Of(type, world);
        if (cards.Count == 0)
        {
            return IsUsable(type) && KindCard.All.FirstOrDefault(k => interfaces.Any(i => i.FullName == k.Interface)) is { } kind
                ? throw new CardException($"it implements {kind.InterfaceName} and has no {kind.Written} card")
                : [];
        }

        return cards.ConvertAll(c => ReadCard(name, type, c.Kind, c.Arguments, interfaces));
    }

    private List<(KindCard Kind, AttributeArguments Arguments)> Cards(FoundType type) =>
        [.. from handle in type.Definition.GetCustomAttributes()
            let attribute = assembly.TypeName(handle)
            from kind in KindCard.All
            where kind.Attribute == attribute
            select (kind, assembly.Arguments(handle))];

    private PluginType ReadCard(
        string name, FoundType type, KindCard kind, AttributeArguments card, IReadOnlyList<TypeShape> interfaces)
    {
        if (!IsUsable(type))
        {
            throw new CardException($"a type with a {kind.Written} card must be public, neither abstract nor generic");
        }

        var implemented = interfaces.Where(i => i.FullName == kind.Interface).ToList();
        if (implemented.Count == 0)
        {
            throw new CardException($"it has a {kind.Written} card and does not implement {kind.InterfaceName}");
        }

        return new(
            kind.Kind, Id(card), Title(card), card[nameof(CardAttribute.Paper)] as string ?? "", name, file,
            Parameters(type, kind, card), Models(kind, implemented), Metrics(kind, card), Traits(card), CollectionCard.Read(kind, card, interfaces));
    }

    private IReadOnlyList<ParameterCard> Parameters(FoundType type, KindCard kind, AttributeArguments card)
    {
        var parameters = CollectionCard.Checked(kind, card, new ParameterReader(world).Read(type));
        return parameters.FirstOrDefault(parameter => parameter.Inference) is { } odd && Misplaced(kind, card, odd) is { } problem
            ? throw new CardException($"parameter {odd.Member}: {problem}")
            : parameters;
    }

    // Why an option cannot change only how what was trained is used; null if it can.
    private static string? Misplaced(KindCard kind, AttributeArguments card, ParameterCard inference) => kind.Kind switch
    {
        PluginKind.Method => null,
        PluginKind.Correction when card[nameof(CorrectionAttribute.Untrained)] is true =>
            "[Inference] is for options of what is trained, and this correction learns nothing; remove it",
        PluginKind.Correction when inference.Collects => "[Collects] says that it decides what is collected, and [Inference] that training does not depend on it; remove one of them",
        PluginKind.Correction => null,
        _ => $"[Inference] is for options of methods and corrections, which change how what was trained is used; remove it from this {kind.Kind.ToString().ToLowerInvariant()}",
    };

    private static string Id(AttributeArguments card) => card.Fixed[0].Value is string id && KebabCase.Is(id, slashes: true)
        ? id
        : throw new CardException($"its id '{card.Fixed[0].Value}' must be kebab-case, such as stable-target; slashes may group ids");

    private static string Title(AttributeArguments card) => card.Fixed[1].Value is string title && !string.IsNullOrWhiteSpace(title)
        ? title
        : throw new CardException("its card has no title");

    private static List<ModelKind> Models(KindCard kind, List<TypeShape> implemented)
    {
        if (kind.Kind is not (PluginKind.Method or PluginKind.Sampler))
        {
            return [];
        }

        var models = implemented.ConvertAll(i => Model(kind, i));
        return kind.Kind == PluginKind.Method && models.Count > 1
            ? throw new CardException("it implements IMethod for several kinds of model: a method trains one")
            : models;
    }

    private static ModelKind Model(KindCard kind, TypeShape implemented) => implemented.Arguments[0].FullName switch
    {
        "Dfx.Sdk.IDenoiser" => ModelKind.Denoiser,
        "Dfx.Sdk.IVarianceDenoiser" => ModelKind.VarianceDenoiser,
        "Dfx.Sdk.ICorruptionModel" => ModelKind.Corruption,
        _ => throw new CardException($"{kind.InterfaceName}<{implemented.Arguments[0].ShortName}>: the type argument must be "
            + "IDenoiser, IVarianceDenoiser or ICorruptionModel"),
    };

    private static MetricKinds Metrics(KindCard kind, AttributeArguments card) => kind.Kind != PluginKind.Metric
        ? MetricKinds.None
        : card[nameof(MetricAttribute.Kind)] is int value ? (MetricKinds)value : MetricKinds.Distribution;

    private static PluginTraits Traits(AttributeArguments card) => Enum.GetValues<PluginTraits>()
        .Where(trait => card[trait.ToString()] is true)
        .Aggregate(PluginTraits.None, (all, trait) => all | trait);

    private bool IsUsable(FoundType type)
    {
        var definition = type.Definition;
        return (definition.Attributes & TypeAttributes.Abstract) == 0 && definition.GetGenericParameters().Count == 0 && IsPublic(type);
    }

    private bool IsPublic(FoundType type)
    {
        var definition = type.Definition;
        return (definition.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsPublic(new(assembly, definition.GetDeclaringType())),
            _ => false,
        };
    }
}
