using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dfx.Torch.Tests.Api;

/// <summary>Writes every public member of an assembly as one canonical line, so that two assemblies can be compared.</summary>
/// <remarks>
/// A line carries the declaring type, the member's name, its parameters with types, names and defaults, and its type.
/// The namespace given as <c>root</c> is left out, so the same line describes the same member of two libraries.
/// </remarks>
public static class ApiSignatures
{
    private const BindingFlags Members =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All types and members that code outside the assembly can use, sorted ordinally.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly, string root) =>
        [.. assembly.GetExportedTypes().SelectMany(type => OfType(type, root)).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> OfType(Type type, string root)
    {
        var name = Name(type, root);
        yield return $"{Kind(type)} {name}";
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield return $"{name}{Signature(type.GetMethod("Invoke")!, root)}";
            yield break;
        }

        foreach (var member in type.GetMembers(Members).Select(member => Line(member, name, root)).OfType<string>())
        {
            yield return member;
        }
    }

    private static string? Line(MemberInfo member, string owner, string root) => member switch
    {
        ConstructorInfo c when Visible(c) && !c.IsStatic => $"{owner}..ctor({Parameters(c, root)})",
        MethodInfo m when Visible(m) && !Inherited(m) && !Accessor(m) =>
            $"{Static(m)}{owner}.{m.Name}{Generics(m)}{Signature(m, root)}",
        PropertyInfo p when Accessors(p).Length > 0 =>
            $"{Static(Accessors(p)[0])}{owner}.{p.Name}{Index(p, root)} {{ {string.Join(' ', Accessors(p).Select(Access))} }} : {Name(p.PropertyType, root)}",
        FieldInfo f when (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName =>
            $"{(f.IsStatic ? "static " : "")}{owner}.{f.Name}{Constant(f)} : {Name(f.FieldType, root)}",
        EventInfo e when e.AddMethod is { } add && Visible(add) => $"event {owner}.{e.Name} : {Name(e.EventHandlerType!, root)}",
        _ => null,
    };

    // An override says nothing that its base did not: which class of a hierarchy overrides is the library's own affair.
    private static bool Inherited(MethodInfo m) => m.GetBaseDefinition() != m;

    private static bool Accessor(MethodInfo m) =>
        m.IsSpecialName && (m.Name.StartsWith("get_", StringComparison.Ordinal) || m.Name.StartsWith("set_", StringComparison.Ordinal)
            || m.Name.StartsWith("add_", StringComparison.Ordinal) || m.Name.StartsWith("remove_", StringComparison.Ordinal));

    private static bool Visible(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static MethodInfo[] Accessors(PropertyInfo p) => [.. p.GetAccessors(nonPublic: true).Where(Visible)];

    private static string Access(MethodInfo accessor) => accessor.ReturnType == typeof(void) ? "set;" : "get;";

    private static string Static(MethodInfo m) => m.IsStatic ? "static " : "";

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : "class";

    private static string Signature(MethodInfo m, string root) =>
        $"({Parameters(m, root)}) : {Name(m.ReturnType, root)}{Elements(m.ReturnParameter)}";

    // The names of a tuple's elements are part of what a caller writes.
    private static string Elements(ParameterInfo p) => p.GetCustomAttribute<TupleElementNamesAttribute>() is { } names
        ? $" ({string.Join(", ", names.TransformNames.Select(n => n ?? "_"))})"
        : "";

    private static string Generics(MethodInfo m) =>
        m.IsGenericMethodDefinition ? $"<{string.Join(", ", m.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Index(PropertyInfo p, string root) =>
        p.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(i => Parameter(i, root)))}]" : "";

    private static string Parameters(MethodBase m, string root) =>
        string.Join(", ", m.GetParameters().Select(p => Parameter(p, root)));

    private static string Parameter(ParameterInfo p, string root)
    {
        var prefix = p.IsOut ? "out " : p.ParameterType.IsByRef ? "ref " : p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var fallback = p.HasDefaultValue ? $" = {Value(p.DefaultValue)}" : "";
        return $"{prefix}{Name(p.ParameterType, root)}{Elements(p)} {p.Name}{fallback}";
    }

    private static string Constant(FieldInfo f) => f.IsLiteral ? $" = {Value(f.GetRawConstantValue())}" : "";

    private static string Value(object? value) => value switch
    {
        null => "null",
        string s => $"\"{s}\"",
        Enum e => Convert.ToInt64(e, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type, string root)
    {
        if (type.IsByRef || type.IsPointer)
        {
            return Name(type.GetElementType()!, root) + (type.IsPointer ? "*" : "");
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, root)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying, root) + "?";
        }

        var full = $"{type.Namespace}.{Nested(type)}";
        var shown = full.StartsWith(root + ".", StringComparison.Ordinal) ? full[(root.Length + 1)..] : full;
        return type.IsGenericType ? $"{shown}<{string.Join(", ", type.GetGenericArguments().Select(a => Name(a, root)))}>" : shown;
    }

    private static string Nested(Type type)
    {
        var own = type.Name.Split('`')[0];
        return type.DeclaringType is { } outer ? $"{Nested(outer)}.{own}" : own;
    }
}
