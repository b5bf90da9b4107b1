using Dfx.Harness.Plugins;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Tables;

namespace Dfx.Harness.Tests.Reporting.Definitions;

/// <summary>
/// The tables and claims of the checkout's plugins ask for cells by ids and options. A host cannot know whether a name is misspelt or belongs to a plugin that is not there, and a misspelt
/// one would only never find anything.
/// </summary>
[TestFixture]
internal sealed class DefinitionNamesTests
{
    private static readonly string s_plugins = Path.Combine(Repository.Root, "plugins");

    private static readonly Lazy<PluginCatalog> s_catalog = new(PluginCatalog.Discover);

    private static readonly Dictionary<string, PluginKind> s_kinds = new()
    {
        ["method"] = PluginKind.Method,
        ["correction"] = PluginKind.Correction,
        ["sampler"] = PluginKind.Sampler,
        ["dataset"] = PluginKind.Dataset,
    };

    private static IEnumerable<string> Folders() => Directory.EnumerateDirectories(s_plugins).Where(folder => File.Exists(Path.Combine(folder, "claims.yaml"))).Select(folder => Path.GetFileName(folder)).Order();

    [TestCaseSource(nameof(Folders))]
    public void Every_option_is_one_and_every_value_can_be_it(string plugin)
    {
        var patterns = Queries(Path.Combine(s_plugins, plugin)).SelectMany(query => query.Patterns).Where(pattern => s_kinds.ContainsKey(pattern.Key) && pattern.Value.Options.Count > 0).ToList();
        Assert.That(patterns, Is.Not.Empty);
        Assert.That(patterns.SelectMany(pattern => Wrong(s_kinds[pattern.Key], pattern.Value)).Distinct(), Is.Empty);
    }

    private static IEnumerable<CellQuery> Queries(string folder)
    {
        var tables = from path in Directory.EnumerateFiles(Path.Combine(folder, "tables"), "*.yaml")
                     let table = TableReader.Read(path)
                     from row in TableLeaf.Of(table.Rows)
                     from column in TableLeaf.Of(table.Columns)
                     let query = table.Query.With(row.Query).With(column.Query)
                     from cells in (CellQuery?[])[query.Cells, query.Cells is null || query.Less?.Cells is null ? null : query.Cells.With(query.Less.Cells)]
                     where cells is not null
                     select cells;
        var claims = ClaimReader.Read(Path.Combine(folder, "claims.yaml")).SelectMany(claim => claim.Test switch
        {
            ComparisonTest test => [test.Cells.With(test.Of), test.Cells.With(test.Than)],
            TrendTest test => [test.Cells],
            _ => Array.Empty<CellQuery>(),
        });
        return tables.Concat(claims);
    }

    private static IEnumerable<string> Wrong(PluginKind kind, AxisPattern pattern)
    {
        var ids = pattern.Options.GetValueOrDefault(AxisPattern.Id) ?? [];
        var types = ids.Select(id => s_catalog.Value.Find(kind, id)).ToList();
        return ids.Where((_, i) => types[i] is null).Select(id => $"no {kind} {id}")
            .Concat(types.OfType<PluginType>().SelectMany(type => pattern.Options.SelectMany(option => Wrong(type, option.Key, option.Value))));
    }

    // Words that matrices add to those of an entry: source, teacher, checkpoint. "teacher.size" is an option of the teacher.
    private static IEnumerable<string> Wrong(PluginType type, string name, IEnumerable<string> values)
    {
        if (name is AxisPattern.Id or "checkpoint" or "source" or "teacher")
        {
            return [];
        }

        if (name.Split('.', 2) is ["source" or "teacher", var inner])
        {
            return s_catalog.Value.Assemblies.SelectMany(assembly => assembly.Types).Any(other => other.Parameters.Any(p => p.Name == inner)) ? [] : [$"nothing has an option {inner}"];
        }

        return type.Parameters.FirstOrDefault(p => p.Name == name) is { } parameter
            ? values.Where(value => !value.Contains('*') && !(parameter.TryParse(value.TrimStart('!'), out var canonical, out _) && canonical == value.TrimStart('!'))).Select(value => $"{name} of {type.Id} is never {value}")
            : [$"{type.Id} has no option {name}"];
    }
}
