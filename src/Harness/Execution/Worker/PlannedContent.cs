using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;

namespace Dfx.Harness.Execution.Worker;

/// <summary>A plugin that was built anew while a run is at work is not the one whose hash stands in the keys: what it gives would be kept as the other one's.</summary>
internal static class PlannedContent
{
    /// <summary>Compares the plugin's files with the hash of the plan. The host's own assemblies have the hash of the host.</summary>
    /// <exception cref="PluginException">They differ.</exception>
    internal static void Require(PluginRef plugin)
    {
        if (plugin.IsHosts)
        {
            return;
        }

        var folder = Path.GetDirectoryName(plugin.Assembly);

        // A plugin whose folder has its name owns it, unless that folder itself was named as one of plugins.
        var owns = Path.GetFileName(folder) == Path.GetFileNameWithoutExtension(plugin.Assembly);
        if (!((bool[])[owns, !owns]).Any(owned => new PluginFile(plugin.Assembly, owned).ContentHash == plugin.Hash))
        {
            throw new PluginException(
                $"Plugin {Path.GetFileNameWithoutExtension(plugin.Assembly)}: its files in {folder} have changed since the run was planned: start the run again, which plans with what is there now.");
        }
    }
}
