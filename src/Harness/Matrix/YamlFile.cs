using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Dfx.Harness.Matrix;

/// <summary>Reads YAML files. Whatever is wrong with one is an error with file, line and column.</summary>
internal static class YamlFile
{
    /// <summary>The root of the file's one document.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What the root is called in errors.</param>
    /// <exception cref="UsageException">It cannot be read, or is no YAML.</exception>
    internal static YamlValue Read(string path, string name)
    {
        try
        {
            using var reader = File.OpenText(path);
            var parser = new Parser(reader);
            return Read(path, name, parser);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static YamlValue Read(string path, string name, Parser parser)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new ShallowParser(parser));
            return stream.Documents is [var document]
                ? new(path, name, AliasCheck.Shallow(document.RootNode, path))
                : throw new UsageException($"{path}: expected one YAML document, found {stream.Documents.Count}");
        }
        catch (YamlException e)
        {
            throw new Place(path, e.Start).Error($"this is no valid YAML: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // What the parser throws for a list or mapping that is never closed.
            throw new Place(path, parser.Current?.End ?? Mark.Empty).Error("this is no valid YAML: a list, a mapping or a text does not end");
        }
    }
}
