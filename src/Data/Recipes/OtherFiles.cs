using Dfx.Data.Archives;
using Dfx.Data.Images;

namespace Dfx.Data.Recipes;

/// <summary>Files that are not taken for images, by their kinds.</summary>
internal static class OtherFiles
{
    private static readonly HashSet<string> s_images = new(StringComparer.OrdinalIgnoreCase)
    {
        ".apng", ".avif", ".cr2", ".dib", ".dng", ".exr", ".gif", ".hdr", ".heic", ".heif", ".ico", ".j2k", ".jp2", ".jpf", ".jpx", ".jxl", ".nef", ".pbm", ".pcx", ".pgm", ".pnm",
        ".ppm", ".psd", ".svg", ".tga", ".tif", ".tiff",
    };

    /// <summary>What to say of them: images of kinds that are not read, images by their first bytes alone, and the rest.</summary>
    /// <param name="files">All files.</param>
    /// <param name="used">Those that are no images, and were of use.</param>
    public static IEnumerable<LeftOut> Of(ISourceFiles files, IReadOnlyCollection<string> used)
    {
        var memory = Array.Empty<byte>();
        return files.Names.Where(name => !ImagePixels.IsName(name)).Except(used).GroupBy(name => Kind(files, name, ref memory))
            .OrderBy(kind => kind.Key).Select(kind => Told(kind.Key, [.. kind]));
    }

    private static OtherKind Kind(ISourceFiles files, string name, ref byte[] memory) => Path.GetExtension(name) switch
    {
        "" => IsImage(files, name, ref memory) ? OtherKind.Nameless : OtherKind.None,
        var extension => s_images.Contains(extension) ? OtherKind.Image : OtherKind.None,
    };

    private static bool IsImage(ISourceFiles files, string name, ref byte[] memory)
    {
        try
        {
            return ImagePixels.Is(files.Read(name, ref memory));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static LeftOut Told(OtherKind kind, string[] names)
    {
        var extensions = names.CountBy(name => Path.GetExtension(name).ToLowerInvariant())
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        string Text(KeyValuePair<string, int> pair) => (pair.Key == "" ? "without extension" : pair.Key) + (extensions.Count > 1 ? $" {pair.Value}" : "");
        return new(names.Length, "file", LeftOut.Few([.. extensions.Select(Text)]), kind switch
        {
            OtherKind.Image => "images of kinds that are not read: convert them to PNG",
            OtherKind.Nameless => $"{ImagePixels.Kinds} by the first bytes: name them {ImagePixels.Extensions}",
            _ => "no images",
        });
    }

    private enum OtherKind
    {
        Image,
        Nameless,
        None,
    }
}
