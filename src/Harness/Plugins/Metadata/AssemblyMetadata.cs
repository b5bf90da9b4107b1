using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Plugins.Metadata;

/// <summary>The metadata of one assembly file. Reading it runs none of its code.</summary>
internal sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader _image;
    private Dictionary<string, TypeDefinitionHandle>? _types;

    private AssemblyMetadata(string path, PEReader image)
    {
        _image = image;
        Path = path;
        Reader = image.GetMetadataReader();
        var definition = Reader.GetAssemblyDefinition();
        Name = Reader.GetString(definition.Name);
        Version = definition.Version;
        References = ReadReferences(Reader);
        Shapes = new(this);
    }

    /// <summary>The file.</summary>
    internal string Path { get; }

    /// <summary>The assembly's simple name.</summary>
    internal string Name { get; }

    /// <summary>The assembly's version.</summary>
    internal Version Version { get; }

    /// <summary>The simple names and versions of the assemblies that it was built against.</summary>
    internal IReadOnlyDictionary<string, Version> References { get; }

    /// <summary>The tables.</summary>
    internal MetadataReader Reader { get; }

    /// <summary>Names the types that its signatures and attributes mention.</summary>
    internal ShapeProvider Shapes { get; }

    /// <summary>The types that it defines, by full name; a nested type is <c>Outer+Inner</c>.</summary>
    internal IReadOnlyDictionary<string, TypeDefinitionHandle> Types => _types ??= ReadTypes();

    /// <exception cref="BadImageFormatException">The file is no .NET assembly, or cut off.</exception>
    internal static AssemblyMetadata Open(string path)
    {
        var image = new PEReader(File.OpenRead(RegularFile.Checked(path)), PEStreamOptions.PrefetchMetadata);
        try
        {
            return image.HasMetadata ? new(path, image) : throw new BadImageFormatException("it is no .NET assembly");
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    public void Dispose() => _image.Dispose();

    private static Dictionary<string, Version> ReadReferences(MetadataReader reader)
    {
        var references = new Dictionary<string, Version>(StringComparer.Ordinal);
        foreach (var handle in reader.AssemblyReferences)
        {
            var reference = reader.GetAssemblyReference(handle);
            references[reader.GetString(reference.Name)] = reference.Version;
        }

        return references;
    }

    private Dictionary<string, TypeDefinitionHandle> ReadTypes()
    {
        var types = new Dictionary<string, TypeDefinitionHandle>(StringComparer.Ordinal);
        foreach (var handle in Reader.TypeDefinitions)
        {
            types.TryAdd(Shapes.NameOf(handle), handle);
        }

        return types;
    }
}
