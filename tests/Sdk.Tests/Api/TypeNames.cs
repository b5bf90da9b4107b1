using System.Reflection;

namespace Dfx.Sdk.Tests.Api;

/// <summary>Types as the contract's lines spell them, with the nullability that a caller sees.</summary>
internal static class TypeNames
{
    internal static string Of(ParameterInfo p) => Of(p.ParameterType, new NullabilityInfoContext().Create(p)) + Elements(p.GetCustomAttributesData());

    internal static string Of(PropertyInfo p) => Of(p.PropertyType, new NullabilityInfoContext().Create(p)) + Elements(p.GetCustomAttributesData());

    internal static string Of(FieldInfo f) => Of(f.FieldType, new NullabilityInfoContext().Create(f));

    internal static string Of(Type type) => Of(type, null);

    private static string Of(Type type, NullabilityInfo? info)
    {
        var mark = info is { ReadState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        return type switch
        {
            _ when Nullable.GetUnderlyingType(type) is { } inner => Of(inner, null) + "?",
            { IsByRef: true } => Of(type.GetElementType()!, info),
            { IsArray: true } => $"{Of(type.GetElementType()!, info?.ElementType)}[]{mark}",
            { IsGenericParameter: true } => type.Name + mark,
            { IsGenericType: true } => $"{Full(type)}<{string.Join(", ", Arguments(type, info))}>{mark}",
            _ => Full(type) + mark,
        };
    }

    private static IEnumerable<string> Arguments(Type type, NullabilityInfo? info) => type.GetGenericArguments()
        .Select((argument, i) => Of(argument, info?.GenericTypeArguments.ElementAtOrDefault(i)));

    private static string Full(Type type)
    {
        var own = type.Name.Split('`')[0];
        var name = type.DeclaringType is { } outer && !type.IsGenericParameter ? $"{Full(outer)}.{own}" : own;
        var space = type.DeclaringType is null && type.Namespace is { } n && n is not ("System" or "Dfx.Sdk") && !IsTensorLibrary(n) ? n + "." : "";
        return space + name;
    }

    /// <summary>The contract is the same over either tensor library.</summary>
    private static bool IsTensorLibrary(string space) => space == typeof(torch).Namespace;

    private static string Elements(IEnumerable<CustomAttributeData> attributes) =>
        attributes.FirstOrDefault(a => a.AttributeType.Name == "TupleElementNamesAttribute") is { } names
            ? $" ({string.Join(", ", ((IEnumerable<CustomAttributeTypedArgument>)names.ConstructorArguments[0].Value!).Select(n => n.Value ?? "_"))})"
            : "";
}
