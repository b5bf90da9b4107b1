using System.Reflection.Metadata;

namespace Dfx.Harness.Plugins.Metadata;

/// <summary>A type's definition and where it stands.</summary>
internal readonly record struct FoundType(AssemblyMetadata Assembly, TypeDefinitionHandle Handle)
{
    internal TypeDefinition Definition => Assembly.Reader.GetTypeDefinition(Handle);
}

/// <summary>The assemblies that a plugin sees: the shared ones of the host, its own, the framework's.</summary>
internal sealed class MetadataWorld(MetadataFiles files, string folder)
{
    private static readonly string s_framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The definition of a type; null if its assembly is not there.</summary>
    internal FoundType? Find(TypeShape shape) => Open(shape.Assembly) is { } assembly ? Find(assembly, shape.FullName, 0) : null;

    private AssemblyMetadata? Open(string name) => name.Length == 0
        ? null
        : SharedSet.Host.Contains(name)
            ? files.Open(Path.Combine(AppContext.BaseDirectory, name + ".dll"))
            : files.Open(Path.Combine(folder, name + ".dll")) ?? files.Open(Path.Combine(s_framework, name + ".dll"));

    private FoundType? Find(AssemblyMetadata assembly, string name, int depth) => assembly.Types.TryGetValue(name, out var handle)
        ? new FoundType(assembly, handle)
        : depth < 4 && Forwarded(assembly, name) is { } target ? Find(target, name, depth + 1) : null;

    /// <summary>Where an assembly says that one of its types has moved to, as the framework's facades do.</summary>
    private AssemblyMetadata? Forwarded(AssemblyMetadata assembly, string name)
    {
        var reader = assembly.Reader;
        var type = reader.ExportedTypes
            .Select(reader.GetExportedType)
            .FirstOrDefault(t => t.Implementation.Kind == HandleKind.AssemblyReference
                && $"{reader.GetString(t.Namespace)}.{reader.GetString(t.Name)}" == name);
        return type.Implementation.IsNil || type.Implementation.Kind != HandleKind.AssemblyReference
            ? null
            : Open(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation).Name));
    }
}
