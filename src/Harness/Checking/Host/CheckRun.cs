using Dfx.Data.Packing;
using Dfx.Harness.Execution.Host;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Checking.Host;

/// <summary>Checks all types of a DLL, each in a process that lives until it crashes or hangs.</summary>
internal static class CheckRun
{
    /// <param name="assembly">The DLL's record.</param>
    /// <param name="limit">The time that a check may take.</param>
    /// <param name="tell">Told of every finding at once.</param>
    /// <returns>How many checks failed.</returns>
    internal static async Task<int> All(PluginAssembly assembly, TimeSpan limit, Action<Finding> tell)
    {
        var failed = 0;
        await foreach (var finding in Findings(assembly, limit).ConfigureAwait(false))
        {
            tell(finding);
            failed += finding.Outcome == CheckOutcome.Failed ? 1 : 0;
        }

        return failed;
    }

    private static async IAsyncEnumerable<Finding> Findings(PluginAssembly assembly, TimeSpan limit)
    {
        var others = PluginCatalog.Discover(PluginFolders.Default(), PluginFolders.HostAssemblies());
        foreach (var finding in CheckTarget.Ids(assembly, others).Concat(DefinitionCheck.Of(assembly, others)))
        {
            yield return finding;
        }

        using var scratch = Scratch.In(KeptFolders.Work(CacheFolder.Root()));
        using var spawner = new Spawner();
        CheckProcess? process = null;
        try
        {
            foreach (var type in assembly.Types)
            {
                process ??= new(spawner, scratch.Folder, limit);
                await foreach (var finding in process.Check(type).ConfigureAwait(false))
                {
                    yield return finding;
                }

                if (!process.IsAlive)
                {
                    process.Dispose();
                    process = null;
                }
            }
        }
        finally
        {
            process?.Dispose();
        }
    }
}
