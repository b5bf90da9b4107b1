using System.Collections.Immutable;
using System.Reflection.Metadata;
using Parameter = System.Reflection.Metadata.Parameter;

namespace Dfx.Harness.Plugins.Metadata;

/// <summary>Whether a parameter of a reference type may be null, as the compiler wrote it down.</summary>
internal static class Nullability
{
    private const string Direct = "System.Runtime.CompilerServices.NullableAttribute";
    private const string Context = "System.Runtime.CompilerServices.NullableContextAttribute";
    private const byte Annotated = 2;

    internal static bool Allows(AssemblyMetadata assembly, MethodDefinition method, Parameter parameter)
    {
        if (Flag(assembly, parameter.GetCustomAttributes(), Direct) is { } own)
        {
            return own == Annotated;
        }

        var flag = Flag(assembly, method.GetCustomAttributes(), Context);
        var type = method.GetDeclaringType();
        while (flag is null && !type.IsNil)
        {
            var definition = assembly.Reader.GetTypeDefinition(type);
            flag = Flag(assembly, definition.GetCustomAttributes(), Context);
            type = definition.GetDeclaringType();
        }

        return flag == Annotated;
    }

    private static byte? Flag(AssemblyMetadata assembly, CustomAttributeHandleCollection attributes, string name) =>
        assembly.Attribute(attributes, name)?.Fixed.FirstOrDefault().Value switch
        {
            byte flag => flag,
            ImmutableArray<CustomAttributeTypedArgument<TypeShape>> { Length: > 0 } flags => flags[0].Value as byte?,
            _ => null,
        };
}
