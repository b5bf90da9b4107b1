using System.Reflection;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>The public functions of the binding that return tensors.</summary>
internal static class PublicFunctions
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Type[] s_homes =
        [typeof(torch), typeof(torch.nn.functional), typeof(torch.linalg), typeof(torch.fft), typeof(torch.Tensor)];

    internal static readonly HashSet<MethodBase> All =
        [.. s_homes.SelectMany(t => t.GetMethods(Declared)).Where(m => HoldsTensor(m.ReturnType))];

    /// <summary>The name without an accessor's prefix and without the underscore of in-place forms.</summary>
    internal static string NameOf(MethodBase method)
    {
        var name = method.Name.StartsWith("get_", StringComparison.Ordinal) ? method.Name[4..] : method.Name;
        return name.TrimEnd('_');
    }

    internal static string Describe(MethodBase method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})";

    private static bool HoldsTensor(Type type) =>
        type == typeof(torch.Tensor)
        || (type.IsArray && HoldsTensor(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().Any(HoldsTensor));
}
