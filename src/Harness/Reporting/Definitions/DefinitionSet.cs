using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Tables;

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>The tables and claims that some plugins bring, with the published rows that they cite.</summary>
/// <param name="Tables">Tables, by id.</param>
/// <param name="Claims">Claims, by id.</param>
/// <param name="Problems">What is wrong, with the reason and, where it stands in one file, its place; the rest is there.</param>
internal sealed record DefinitionSet(IReadOnlyList<SourcedTable> Tables, IReadOnlyList<ClaimDefinition> Claims, IReadOnlyList<string> Problems)
{
    internal static DefinitionSet None { get; } = new([], [], []);

    /// <summary>Reads those of folders that each are one plugin's.</summary>
    /// <param name="folders">The folders; what they lack is not there.</param>
    /// <param name="libraries">Folders of other plugins, whose published rows may be cited.</param>
    internal static DefinitionSet Read(IEnumerable<string> folders, IReadOnlyList<string> libraries)
    {
        List<SourcedTable> tables = [];
        List<ClaimDefinition> claims = [];
        List<string> problems = [];
        foreach (var folder in folders.Order(StringComparer.Ordinal))
        {
            foreach (var path in TableFiles(folder))
            {
                Guarded(problems, () => tables.Add(Sourced(path, [folder, .. libraries], problems)));
            }

            var file = Path.Combine(folder, DefinitionFiles.Claims);
            Guarded(problems, () => claims.AddRange(File.Exists(file) ? ClaimReader.Read(file) : []));
        }

        return new([.. Once(tables, t => t.Definition.Id, problems)], [.. Once(claims, c => c.Id, problems)], problems);
    }

    /// <summary>Those of a results folder.</summary>
    internal static DefinitionSet Read(string definitions) =>
        Directory.Exists(definitions) ? Read(Directory.EnumerateDirectories(definitions), []) : None;

    /// <summary>The published rows that a plugin's tables cite; tables that cannot be read cite none.</summary>
    internal static IEnumerable<string> Cited(string folder)
    {
        List<string> names = [];
        foreach (var path in TableFiles(folder))
        {
            Guarded([], () => names.AddRange(TableReader.Read(path).Published is { } name ? [name] : []));
        }

        return names.Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> TableFiles(string folder)
    {
        var tables = Path.Combine(folder, DefinitionFiles.Tables);
        return Directory.Exists(tables) ? Directory.EnumerateFiles(tables, "*.yaml").Order(StringComparer.Ordinal) : [];
    }

    /// <summary>A table whose published rows cannot be found still shows what was measured.</summary>
    private static SourcedTable Sourced(string file, IReadOnlyList<string> folders, List<string> problems)
    {
        var table = TableReader.Read(file);
        var name = Path.Combine(DefinitionFiles.Published, table.Published + ".csv");
        var rows = table.Published is null ? null : folders.Select(folder => Path.Combine(folder, name)).Where(File.Exists).Select(PublishedRows.Read).FirstOrDefault();
        var sourced = new SourcedTable(table, rows ?? PublishedRows.None);
        problems.AddRange(rows?.Problem is { } problem ? [problem] : []);
        if (sourced.LacksRows)
        {
            problems.Add(table.PublishedPlace!.Value.Error($"the source '{table.Published}' has no rows: {name} is in no plugin's folder, or empty; put it beside the plugin, or leave 'source' out").Message);
        }

        return sourced;
    }

    /// <summary>A fault wall: one definition that cannot be read costs itself alone.</summary>
    private static void Guarded(List<string> problems, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is UsageException or IOException or UnauthorizedAccessException)
        {
            problems.Add(e.Message);
        }
    }

    private static IEnumerable<T> Once<T>(IEnumerable<T> items, Func<T, string> id, List<string> problems)
    {
        foreach (var group in items.GroupBy(id, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            problems.AddRange(group.Skip(1).Select(_ => $"'{group.Key}' is defined twice; the first one counts"));
            yield return group.First();
        }
    }
}

/// <summary>A table with the published rows that it cites.</summary>
internal sealed record SourcedTable(TableDefinition Definition, PublishedRows Published)
{
    /// <summary>Whether it names a source that has none.</summary>
    internal bool LacksRows => Definition.Published is not null && Published.Count == 0;
}
