using Dfx.Numerics.Files;
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
            using var reader = File.OpenText(RegularFile.Checked(path));
            var scanner = new Scanner(reader);
            return Read(path, name, scanner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static YamlValue Read(string path, string name, Scanner scanner)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new ShallowParser(new Parser(scanner)));
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
            throw new Place(path, scanner.CurrentPosition).Error("this is no valid YAML: a list, a mapping or a text does not end");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException)
        {
            // What the parser throws for escapes that are no character, and for tags and directives that are empty or no URI.
            throw new Place(path, scanner.CurrentPosition).Error($"this is no valid YAML: {WithoutParameter(e.Message)}");
        }
    }

    /// <summary>.NET ends such messages with the name of a parameter, in brackets.</summary>
    private static string WithoutParameter(string message) => message.Split(" (Parameter '")[0];
}
