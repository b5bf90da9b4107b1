using Dfx.Sdk;
using YamlDotNet.Serialization;

namespace Dfx.TestPlugins.PrivateDependency;

/// <summary>Says which YamlDotNet it got.</summary>
[Analysis("test-private-yaml", "Private YamlDotNet")]
public sealed class YamlAnalysis : IAnalysis
{
    public AnalysisTable Run(AnalysisContext context) => new(
        [new("version", "Of YamlDotNet."), new("text", "What it makes of a list.")],
        [[typeof(Serializer).Assembly.GetName().Version!.ToString(2), new Serializer().Serialize(new[] { 1, 2 })]]);
}
