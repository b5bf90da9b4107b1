using System.Globalization;
using Dfx.Harness.Plugins.Metadata;

namespace Dfx.Harness.Plugins.Discovery;

/// <summary>The types that a parameter may have, as metadata names them.</summary>
internal static class ParameterTypes
{
    /// <summary>The type; null if it is not supported.</summary>
    internal static ParameterType? Of(TypeShape shape, IReadOnlyList<Choice> choices) => shape.FullName switch
    {
        "System.Boolean" => ParameterType.Bool,
        "System.Int32" => ParameterType.Int,
        "System.Int64" => ParameterType.Long,
        "System.Double" => ParameterType.Double,
        "System.String" => ParameterType.Text,
        _ => choices.Count > 0 ? ParameterType.Choice : null,
    };

    /// <summary>The text of a default, as a matrix file would have it.</summary>
    internal static string Text(object value, IReadOnlyList<Choice> choices) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => text,
        _ when choices.Count > 0 => choices.FirstOrDefault(c => c.Value.Equals(value))?.Name ?? Invariant(value),
        _ => Invariant(value),
    };

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
