using Dfx.Sdk;
using YamlDotNet.Serialization;

namespace Dfx.TestPlugins.MissingDependency;

/// <summary>Needs a DLL that was not delivered with it. The host has one of that name, which is not for plugins.</summary>
[Analysis("test-missing-yaml", "Missing YamlDotNet")]
public sealed class YamlAnalysis : IAnalysis
{
    private readonly Serializer _serializer = new();

    public AnalysisTable Run(AnalysisContext context) => new([new("text", "")], [[_serializer.Serialize(1)]]);
}
