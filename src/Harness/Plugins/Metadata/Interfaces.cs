using System.Collections.Immutable;

namespace Dfx.Harness.Plugins.Metadata;

/// <summary>Which interfaces of the contract a type implements, itself or through its base classes and their interfaces.</summary>
internal static class Interfaces
{
    /// <summary>The contract's interfaces, with the type arguments that they are implemented for.</summary>
    internal static IReadOnlyList<TypeShape> Of(FoundType type, MetadataWorld world)
    {
        var found = new List<TypeShape>();
        Collect(type, [], world, found, []);
        return found;
    }

    private static void Collect(
        FoundType type, ImmutableArray<TypeShape> arguments, MetadataWorld world, List<TypeShape> found, HashSet<FoundType> path)
    {
        if (!path.Add(type))
        {
            throw new BadImageFormatException("its types inherit in circles");
        }

        var definition = type.Definition;
        var parents = definition.GetInterfaceImplementations().Select(i => type.Assembly.Reader.GetInterfaceImplementation(i).Interface);
        foreach (var parent in parents.Append(definition.BaseType).Where(p => !p.IsNil))
        {
            var shape = type.Assembly.Shapes.Of(parent, arguments);
            if (shape.Assembly == SharedSet.Contract)
            {
                Add(shape, found);
            }
            else if (!IsFramework(shape.Assembly) && world.Find(shape) is { } next)
            {
                Collect(next, shape.Arguments, world, found, path);
            }
        }

        path.Remove(type);
    }

    // No type of the framework implements an interface of the contract.
    private static bool IsFramework(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) || assembly is "System" or "netstandard" or "mscorlib";

    private static void Add(TypeShape shape, List<TypeShape> found)
    {
        if (!found.Exists(f => Same(f, shape)))
        {
            found.Add(shape);
        }
    }

    private static bool Same(TypeShape a, TypeShape b) => a.FullName == b.FullName
        && a.Arguments.Select(x => x.FullName).SequenceEqual(b.Arguments.Select(x => x.FullName));
}
