using Dfx.Data.Archives;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>Tells which folders are parts, and refuses names that would mix what was held apart, or would be no classes.</summary>
internal static class PartCheck
{
    /// <summary>The folders that are parts: training with test, validation or both. None if none of the names is that of a part.</summary>
    /// <param name="origin">The folder or archive, for errors.</param>
    /// <param name="folders">The first folders.</param>
    /// <param name="below">The images' paths from these folders on.</param>
    /// <param name="rules">Whether folders are classes, and what a user can do who means no parts.</param>
    /// <exception cref="DataUnavailableException">Names a folder that looks like a part and is none, or a part without the others.</exception>
    public static IReadOnlyDictionary<PartKind, string> Parts(string origin, IReadOnlyList<string> folders, string[] below, ImageRules rules)
    {
        var parts = folders.Where(name => PartNames.Of(name) is not null).GroupBy(name => PartNames.Of(name)!.Value).ToDictionary(kind => kind.Key, kind => kind.ToList());
        if (Fault(folders, parts, below, rules) is { } fault)
        {
            throw new DataUnavailableException(
                $"{origin}: {fault} Folders that are parts are named {PartNames.Known}, in any case, with 'set' behind it or not: "
                + $"rename what is one, move away what is not{rules.WayOut}.");
        }

        return parts.ToDictionary(kind => kind.Key, kind => kind.Value[0]);
    }

    private static string? Fault(IReadOnlyList<string> folders, Dictionary<PartKind, List<string>> parts, string[] below, ImageRules rules)
    {
        var odd = folders.Where(PartNames.IsAlike).ToList();
        return parts.Values.FirstOrDefault(names => names.Count > 1) is { } twins ? $"{Quoted(twins)} are names of one part."
            : odd.Count > 0 ? $"{Quoted(odd)}: a name like a part's that is none."
            : parts.Count > 0 ? (IsWhole(parts) ? null : Lonely([.. parts.Values.Select(names => names[0])], folders))
            : PartNames.Pairs(folders).ToList() is { Count: > 0 } pairs ? $"{Quoted(pairs)}: names like those of parts that are none."
            : rules.Labels && folders.Where(PartNames.IsUnlabelled).ToList() is { Count: > 0 } bare ? $"{Quoted(bare)}: the name says that these images have no class."
            : Deeper(below);
    }

    private static bool IsWhole(Dictionary<PartKind, List<string>> parts) => parts.ContainsKey(PartKind.Train) && parts.Count > 1;

    private static string Lonely(List<string> parts, IReadOnlyList<string> folders)
    {
        var others = folders.Except(parts).ToList();
        var beside = others.Count > 0 ? Quoted(others) : "images";
        return parts.Count > 1
            ? $"{Quoted(parts)} are parts, but no folder of training images lies beside them."
            : $"{Quoted(parts)} is a part, but what lies beside it, {beside}, is none.";
    }

    // cat/train and cat/test: a hash would mix them.
    private static string? Deeper(string[] below)
    {
        var parts = below.Select(path => path[..(path.LastIndexOf('/') + 1)]).Distinct().SelectMany(Inner)
            .DistinctBy(part => part.Kind).OrderBy(part => part.Kind).ToList();
        return parts.Count > 1 && parts[0].Kind == PartKind.Train
            ? $"{Quoted([.. parts.Select(part => part.Path)])}: parts inside of other folders; expected each part once, and classes in it."
            : null;
    }

    private static IEnumerable<(PartKind Kind, string Path)> Inner(string folder)
    {
        for (var end = folder.IndexOf('/', StringComparison.Ordinal); end >= 0 && end + 1 < folder.Length;)
        {
            var start = end + 1;
            end = folder.IndexOf('/', start);
            if (PartNames.Of(folder[start..end]) is { } kind)
            {
                yield return (kind, folder[..end]);
            }
        }
    }

    private static string Quoted(IReadOnlyList<string> names) => LeftOut.Few([.. names.Select(name => $"'{name}'")]);
}
