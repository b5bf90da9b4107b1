using System.Collections.Immutable;

namespace Dfx.Harness.Plugins.Metadata;

/// <summary>A type as metadata mentions it.</summary>
/// <param name="Assembly">The simple name of the assembly that the mention points to; empty for types of the language.</param>
/// <param name="FullName">Its full name, such as <c>Dfx.Sdk.IMethod`1</c>.</param>
/// <param name="Arguments">Its type arguments.</param>
internal sealed record TypeShape(string Assembly, string FullName, ImmutableArray<TypeShape> Arguments)
{
    internal TypeShape(string assembly, string fullName)
        : this(assembly, fullName, [])
    {
    }

    /// <summary>The name without its namespace, for messages.</summary>
    internal string ShortName => FullName[(FullName.LastIndexOfAny(['.', '+']) + 1)..].Split('`')[0];
}
