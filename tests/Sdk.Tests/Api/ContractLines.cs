using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dfx.Sdk.Tests.Api;

/// <summary>One line for every type and member that a plugin can use, in an order of its own.</summary>
internal static class ContractLines
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(Of).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Of(Type type) =>
        type.GetMembers(Declared).Select(member => Line(type, member)).OfType<string>().Prepend(TypeLine(type));

    private static string TypeLine(Type type)
    {
        // What the framework's own base types implement is the framework's affair.
        var bases = type.GetInterfaces().Where(i => i == typeof(IDisposable) || i.Assembly == type.Assembly).Select(i => TypeNames.Of(i)).Order(StringComparer.Ordinal);
        var all = type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) ? bases.Prepend(TypeNames.Of(parent)) : bases;
        return $"{Name(type)} : {Kind(type)}({string.Join(", ", all)}){Constraints(type)}{Usage(type)}{Card(type)}";
    }

    private static string Card(Type type) => type.GetCustomAttribute<CardAttribute>() is { } card ? $" [{card.GetType().Name} {card.Id}]" : "";

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ when type.GetMethod("<Clone>$") is not null => "record",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Constraints(Type type) => string.Concat(type.GetGenericArguments().Select(a =>
        $" where {a.GenericParameterAttributes & GenericParameterAttributes.VarianceMask} {a.Name} : {string.Join(", ", a.GetGenericParameterConstraints().Select(c => TypeNames.Of(c)))}"));

    private static string Usage(Type type)
    {
        var flags = type.IsDefined(typeof(FlagsAttribute), false) ? " [Flags]" : "";
        return type.GetCustomAttribute<AttributeUsageAttribute>(false) is { } u
            ? $"{flags} [AttributeUsage({u.ValidOn}, AllowMultiple = {u.AllowMultiple}, Inherited = {u.Inherited})]"
            : flags;
    }

    private static string? Line(Type type, MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } c when Visible(c) => $"{Name(type)}..ctor({Parameters(c)})",
        MethodInfo m when Visible(m) && !Accessor(m) && !Generated(m) =>
            $"{Name(type)}.{m.Name}{Generics(m)}({Parameters(m)}) : {Modifiers(m)}{TypeNames.Of(m.ReturnParameter)}",
        PropertyInfo p when p.GetAccessors(true).Any(Visible) => Property(type, p),
        FieldInfo { IsSpecialName: false } f when f.IsPublic || f.IsFamily => $"{Name(type)}.{f.Name}{(f.IsLiteral ? $" = {f.GetRawConstantValue()}" : "")} : {TypeNames.Of(f)}",
        EventInfo e => $"{Name(type)}.{e.Name} : event",
        _ => null,
    };

    private static string Property(Type type, PropertyInfo p)
    {
        var get = p.GetMethod is { } g && Visible(g) ? "get; " : "";
        var set = p.SetMethod is { } s && Visible(s) ? IsInit(s) ? "init; " : "set; " : "";
        var required = p.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Name(type)}.{p.Name} {{ {get}{set}}} : {required}{Modifiers(p.GetAccessors(true)[0])}{TypeNames.Of(p)}";
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    /// <summary>What the compiler writes for every record: it changes with the properties, which have lines of their own.</summary>
    private static bool Generated(MethodInfo m) => m.IsDefined(typeof(CompilerGeneratedAttribute)) && m.Name is not "Deconstruct";

    private static bool Accessor(MethodInfo m) => m.IsSpecialName && !m.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool Visible(MethodBase m) => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly;

    private static string Modifiers(MethodInfo m) =>
        m.IsStatic ? "static " : m.DeclaringType!.IsInterface && !m.IsAbstract ? "default " : m is { IsVirtual: true, IsFinal: false, DeclaringType.IsSealed: false } && !m.DeclaringType.IsInterface ? "virtual " : "";

    private static string Generics(MethodInfo m) => m.IsGenericMethodDefinition
        ? $"<{string.Join(", ", m.GetGenericArguments().Select(a => $"{a.Name} {a.GenericParameterAttributes}"))}>"
        : "";

    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo p)
    {
        var many = p.GetCustomAttributesData().Any(a => a.AttributeType.Name is "ParamArrayAttribute" or "ParamCollectionAttribute") ? "params " : "";
        var otherwise = p.HasDefaultValue ? $" = {p.RawDefaultValue ?? "null"}" : "";
        return $"{many}{(p.IsOut ? "out " : "")}{TypeNames.Of(p)} {p.Name}{otherwise}";
    }

    private static string Name(Type type) => TypeNames.Of(type);
}
