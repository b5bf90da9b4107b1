using System.Reflection;
using Dfx.Harness.Plugins.Metadata;

namespace Dfx.Harness.Plugins.Discovery;

/// <summary>A member of an enum.</summary>
/// <param name="Name">In kebab-case.</param>
/// <param name="Value">Its value, of the enum's underlying type.</param>
internal sealed record Choice(string Name, object Value);

/// <summary>Reads the members of enums.</summary>
internal static class ChoiceReader
{
    /// <summary>The members in the order of their declaration; none if the type is no enum.</summary>
    internal static IReadOnlyList<Choice> Read(TypeShape shape, MetadataWorld world)
    {
        if (world.Find(shape) is not { } type || !IsEnum(type))
        {
            return [];
        }

        var reader = type.Assembly.Reader;
        var choices = new List<Choice>();
        foreach (var field in type.Definition.GetFields().Select(reader.GetFieldDefinition))
        {
            if ((field.Attributes & FieldAttributes.Literal) != 0 && !field.GetDefaultValue().IsNil)
            {
                var constant = reader.GetConstant(field.GetDefaultValue());
                var value = reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)!;
                choices.Add(new(KebabCase.Of(reader.GetString(field.Name)), value));
            }
        }

        return choices;
    }

    private static bool IsEnum(FoundType type) =>
        !type.Definition.BaseType.IsNil && type.Assembly.Shapes.Of(type.Definition.BaseType, []).FullName == "System.Enum";
}
