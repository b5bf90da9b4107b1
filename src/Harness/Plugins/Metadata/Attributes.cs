using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Dfx.Harness.Plugins.Metadata;

/// <summary>The arguments of an attribute.</summary>
internal sealed record AttributeArguments(
    ImmutableArray<CustomAttributeTypedArgument<TypeShape>> Fixed, ImmutableArray<CustomAttributeNamedArgument<TypeShape>> Named)
{
    /// <summary>A named argument, or null.</summary>
    internal object? this[string name] => Named.FirstOrDefault(n => n.Name == name).Value;
}

/// <summary>Reads attributes by the full name of their type.</summary>
internal static class Attributes
{
    /// <summary>The full name of an attribute's type.</summary>
    internal static string TypeName(this AssemblyMetadata assembly, CustomAttributeHandle handle)
    {
        var constructor = assembly.Reader.GetCustomAttribute(handle).Constructor;
        return constructor.Kind == HandleKind.MethodDefinition
            ? assembly.Shapes.NameOf(assembly.Reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType())
            : assembly.Shapes.Of(assembly.Reader.GetMemberReference((MemberReferenceHandle)constructor).Parent, []).FullName;
    }

    /// <summary>The arguments of the first attribute of a type, or null.</summary>
    internal static AttributeArguments? Attribute(this AssemblyMetadata assembly, CustomAttributeHandleCollection handles, string typeName)
    {
        foreach (var handle in handles)
        {
            if (assembly.TypeName(handle) == typeName)
            {
                return assembly.Arguments(handle);
            }
        }

        return null;
    }

    /// <summary>The arguments of an attribute.</summary>
    internal static AttributeArguments Arguments(this AssemblyMetadata assembly, CustomAttributeHandle handle)
    {
        var value = assembly.Reader.GetCustomAttribute(handle).DecodeValue(assembly.Shapes);
        return new(value.FixedArguments, value.NamedArguments);
    }
}
