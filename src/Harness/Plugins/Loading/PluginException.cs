namespace Dfx.Harness.Plugins.Loading;

/// <summary>A plugin that cannot be loaded, or whose constructor threw.</summary>
/// <param name="message">Which plugin, which file, what is wrong.</param>
/// <param name="inner">The cause.</param>
internal sealed class PluginException(string message, Exception? inner = null) : Exception(message, inner);
