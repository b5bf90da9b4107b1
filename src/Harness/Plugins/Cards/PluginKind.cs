namespace Dfx.Harness.Plugins;

/// <summary>What a plugin type is: one kind an interface of the contract.</summary>
internal enum PluginKind
{
    Method,
    Sampler,
    Correction,
    Analysis,
    Dataset,
    Metric,
    Task,
}
