using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Dfx.Harness.Plugins.Metadata;
using Parameter = System.Reflection.Metadata.Parameter;

namespace Dfx.Harness.Plugins.Discovery;

/// <summary>Reads the parameters of a plugin type from the options record that its constructor takes.</summary>
internal sealed class ParameterReader(MetadataWorld world)
{
    private const string Clone = "<Clone>$";
    private const string Description = "System.ComponentModel.DescriptionAttribute";
    private const string Inference = "Dfx.Sdk.InferenceAttribute";
    private const string Collects = "Dfx.Sdk.CollectsAttribute";

    /// <summary>The parameters in the order of the record's primary constructor.</summary>
    /// <exception cref="CardException">The constructor, the record or a parameter breaks a rule.</exception>
    internal IReadOnlyList<ParameterCard> Read(FoundType type)
    {
        var constructors = PublicConstructors(type);
        if (constructors.Count != 1)
        {
            throw new CardException($"it must have one public constructor, which takes nothing or one options record; it has {constructors.Count}");
        }

        var arguments = Arguments(type.Assembly, constructors[0]);
        return arguments.Length switch
        {
            0 => [],
            1 => ReadRecord(arguments[0]),
            _ => throw new CardException($"its constructor takes {arguments.Length} arguments instead of nothing or one options record"),
        };
    }

    private static List<MethodDefinition> PublicConstructors(FoundType type) =>
        [.. type.Definition.GetMethods()
            .Select(type.Assembly.Reader.GetMethodDefinition)
            .Where(m => type.Assembly.Reader.StringComparer.Equals(m.Name, ".ctor")
                && (m.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public)];

    private static ImmutableArray<TypeShape> Arguments(AssemblyMetadata assembly, MethodDefinition method) =>
        method.DecodeSignature(assembly.Shapes, []).ParameterTypes;

    private List<ParameterCard> ReadRecord(TypeShape shape)
    {
        var record = world.Find(shape);
        if (record is not { } type || !IsRecord(type))
        {
            throw new CardException($"its constructor takes {shape.ShortName}, which is no options record");
        }

        // A record's copy constructor is not public unless it is written out; the primary constructor is the one with the most parameters.
        var primary = PublicConstructors(type).MaxBy(c => Arguments(type.Assembly, c).Length);
        var types = Arguments(type.Assembly, primary);
        var cards = ParametersOf(type.Assembly, primary).Select(p => ReadParameter(type.Assembly, primary, p, types[p.SequenceNumber - 1])).ToList();
        return cards.Count == types.Length ? cards : throw new CardException($"the constructor of {shape.ShortName} has parameters without names");
    }

    private static bool IsRecord(FoundType type) => type.Definition.GetMethods()
        .Any(m => type.Assembly.Reader.StringComparer.Equals(type.Assembly.Reader.GetMethodDefinition(m).Name, Clone));

    private static IEnumerable<Parameter> ParametersOf(AssemblyMetadata assembly, MethodDefinition method) => method.GetParameters()
        .Select(assembly.Reader.GetParameter)
        .Where(p => p.SequenceNumber > 0)
        .OrderBy(p => p.SequenceNumber);

    private ParameterCard ReadParameter(AssemblyMetadata assembly, MethodDefinition constructor, Parameter parameter, TypeShape shape)
    {
        var member = assembly.Reader.GetString(parameter.Name);
        var inner = shape.FullName == "System.Nullable`1" ? shape.Arguments[0] : shape;
        var choices = ChoiceReader.Read(inner, world);
        var type = ParameterTypes.Of(inner, choices) ?? throw Fault(member, $"the type {inner.ShortName} is not supported: "
            + "bool, int, long, double, string, enums, and nullable forms of these are");
        var nullable = inner != shape || (type == ParameterType.Text && Nullability.Allows(assembly, constructor, parameter));
        var range = RangeReader.Read(assembly, parameter);
        if (range != ParameterRange.None && type is not (ParameterType.Int or ParameterType.Long or ParameterType.Double))
        {
            throw Fault(member, $"a range makes no sense for the type {inner.ShortName}");
        }

        var card = new ParameterCard(
            KebabCase.Of(member), member, type, nullable, null, range.Minimum, range.Maximum,
            assembly.Attribute(parameter.GetCustomAttributes(), Description)?.Fixed.FirstOrDefault().Value as string ?? "",
            [.. choices.Select(c => c.Name)], range.MinimumIsExclusive, range.MaximumIsExclusive,
            assembly.Attribute(parameter.GetCustomAttributes(), Inference) is not null,
            assembly.Attribute(parameter.GetCustomAttributes(), Collects) is not null);
        return card with { Default = Default(assembly, parameter, card, choices) };
    }

    private static string? Default(AssemblyMetadata assembly, Parameter parameter, ParameterCard card, IReadOnlyList<Choice> choices)
    {
        var handle = parameter.GetDefaultValue();
        if (handle.IsNil)
        {
            throw Fault(card.Member, "it has no default");
        }

        var constant = assembly.Reader.GetConstant(handle);
        var value = assembly.Reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        if (value is null)
        {
            return card.Nullable ? null : throw Fault(card.Member, "its default is null, and its type is not nullable");
        }

        var text = ParameterTypes.Text(value, choices);
        return card.TryParse(text, out var canonical, out var error) ? canonical : throw Fault(card.Member, $"its default {error}");
    }

    private static CardException Fault(string member, string rule) => new($"parameter {member}: {rule}");
}
