using System.Globalization;
using System.Reflection;
using Dfx.Harness.Plugins;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Matrix;

/// <summary>
/// Which DLL an id means when several claim it. The first by path is taken, as ever; one beside it that is newer is most likely the one that was
/// built last and is meant, so the matrix has to say so.
/// </summary>
internal sealed class ClaimedIds(PluginCatalog catalog)
{
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);

    /// <summary>A line for each id that was taken from one of several DLLs.</summary>
    internal IReadOnlyCollection<string> Notes => _notes;

    /// <summary>The type that an entry names.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="file">The DLL that the entry names; null if it leaves that open.</param>
    /// <returns>Null if no DLL has the id.</returns>
    /// <exception cref="UsageException">The named DLL has no such id, or none is named and a newer one would be passed over.</exception>
    internal PluginType? Resolve(PluginKind kind, YamlValue id, YamlValue? file)
    {
        var claims = catalog.Claims(kind, id.Text());
        if (file is not null)
        {
            return claims.FirstOrDefault(type => Means(file.Text(), type)) ?? throw NotThere(kind, id, file, claims);
        }

        if (claims.Count == 0)
        {
            return null;
        }

        var (taken, what) = (claims[0], $"{ChoiceReader.Noun(kind)} '{id.Text()}'");
        foreach (var (path, why) in Others(taken, claims))
        {
            if (IsNewer(path, taken.File.Path))
            {
                throw id.Place.Error(
                    $"{what} would be taken from {Described(taken.File.Path)}, but {Described(path)} is newer and {why}: remove one of the two, or name the one "
                    + $"that you mean, as in {{ {ChoiceReader.Noun(kind)}: {id.Text()}, file: {taken.File.Path} }}");
            }

            _notes.Add($"{what} is taken from {Described(taken.File.Path)}; {Described(path)} {why}");
        }

        return taken;
    }

    /// <summary>What is passed over. Copies of one build are one plugin.</summary>
    private IEnumerable<(string Path, string Why)> Others(PluginType taken, IReadOnlyList<PluginType> claims) =>
        claims.Skip(1).Select(type => (type.File.Path, "has it too, and comes after it by path"))
            .Concat(catalog.Unusable(taken).Select(other => (other.Path, $"cannot be used ({other.Reason})")))
            .Where(other => !File.ReadAllBytes(RegularFile.Checked(other.Path)).AsSpan().SequenceEqual(File.ReadAllBytes(RegularFile.Checked(taken.File.Path))));

    /// <summary>A path from the current folder or from the checkout.</summary>
    private static bool Means(string file, PluginType type) =>
        Path.GetFullPath(file) == type.File.Path || Path.GetFullPath(file, PluginFolders.Root) == type.File.Path;

    /// <summary>By the version or by the time of the file: a copy has a new time, and a build mostly the same version.</summary>
    private static bool IsNewer(string one, string other) => Version(one) > Version(other) || File.GetLastWriteTimeUtc(one) > File.GetLastWriteTimeUtc(other);

    /// <summary>0.0 for what is no assembly.</summary>
    private static Version Version(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path).Version ?? new();
        }
        catch (BadImageFormatException)
        {
            return new();
        }
    }

    private static string Described(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"{path} ({Version(path)}, written {File.GetLastWriteTimeUtc(path):yyyy-MM-dd HH:mm:ss} UTC)");

    private static UsageException NotThere(PluginKind kind, YamlValue id, YamlValue file, IReadOnlyList<PluginType> claims)
    {
        var known = claims.Count > 0 ? $"it is in {string.Join(" and ", claims.Select(type => type.File.Path))}" : "no plugin has it";
        return file.Place.Error($"no plugin {file.Text()} has the {ChoiceReader.Noun(kind)} '{id.Text()}': {known}");
    }
}
