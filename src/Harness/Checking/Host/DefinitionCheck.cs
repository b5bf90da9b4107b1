using Dfx.Harness.Plugins;
using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Checking.Host;

/// <summary>The tables and claims that lie beside a plugin; they need none of its code.</summary>
internal static class DefinitionCheck
{
    private const string Name = "definition";

    /// <summary>One finding a table and a claim, and one a problem with any of them; none for a plugin without a folder of its own.</summary>
    /// <param name="assembly">The plugin.</param>
    /// <param name="others">Plugins whose published rows may be cited.</param>
    internal static IEnumerable<Finding> Of(PluginAssembly assembly, PluginCatalog others)
    {
        string[] own = [.. PluginFolders.Of([assembly.Path]).Select(plugin => plugin.Folder)];
        var definitions = DefinitionSet.Read(own, PluginFolders.Of(others));
        return
        [
            .. definitions.Tables.Where(table => !table.LacksRows).Select(table => new Finding(CheckOutcome.Ok, $"table {table.Definition.Id}", Name)),
            .. definitions.Claims.Select(claim => new Finding(CheckOutcome.Ok, $"claim {claim.Id}", Name)),
            .. definitions.Problems.Select(problem => new Finding(
                CheckOutcome.Failed, "tables and claims", Name, problem, "definitions that can be read, whose published rows are there", "docs/tables.md explains the format")),
        ];
    }
}
