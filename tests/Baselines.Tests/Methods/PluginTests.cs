namespace Dfx.Baselines.Tests.Methods;

[TestFixture]
internal sealed class PluginTests
{
    // The host brings these; a second copy beside the plugin would make types that are not the host's.
    [Test]
    public void The_plugin_brings_nothing_that_the_host_has()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var plugin = Path.Combine(here.Parent!.Parent!.FullName, "Baselines", here.Name);
        Assume.That(Directory.Exists(plugin), plugin);
        Assert.That(Directory.GetFiles(plugin, "*.dll").Concat(Directory.GetFiles(plugin, "*.so")).Select(Path.GetFileName), Is.EqualTo(new[] { "Dfx.Baselines.dll" }));
    }
}
