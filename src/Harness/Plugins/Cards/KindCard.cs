namespace Dfx.Harness.Plugins;

/// <summary>How the contract spells a kind: its card's attribute and its interface, both in metadata's names.</summary>
internal sealed record KindCard(PluginKind Kind, string Attribute, string Interface)
{
    /// <summary>All kinds.</summary>
    internal static IReadOnlyList<KindCard> All { get; } =
    [
        new(PluginKind.Method, "Dfx.Sdk.MethodAttribute", "Dfx.Sdk.IMethod`1"),
        new(PluginKind.Sampler, "Dfx.Sdk.SamplerAttribute", "Dfx.Sdk.ISampler`1"),
        new(PluginKind.Correction, "Dfx.Sdk.CorrectionAttribute", "Dfx.Sdk.ICorrection"),
        new(PluginKind.Analysis, "Dfx.Sdk.AnalysisAttribute", "Dfx.Sdk.IAnalysis"),
        new(PluginKind.Dataset, "Dfx.Sdk.DatasetAttribute", "Dfx.Sdk.IDataset"),
        new(PluginKind.Metric, "Dfx.Sdk.MetricAttribute", "Dfx.Sdk.IMetric"),
        new(PluginKind.Task, "Dfx.Sdk.TaskAttribute", "Dfx.Sdk.ITask"),
    ];

    /// <summary>The attribute as an author writes it: <c>[Method]</c>.</summary>
    internal string Written => $"[{Kind}]";

    /// <summary>The interface as an author knows it: <c>IMethod</c>.</summary>
    internal string InterfaceName => Interface["Dfx.Sdk.".Length..].Split('`')[0];
}
