using Dfx.Sdk;

namespace Dfx.TestPlugins.Misreturns;

/// <summary>An analysis with a row that is too short.</summary>
[Analysis("test-ragged", "Ragged")]
public sealed class MisreturningAnalysis : IAnalysis
{
    public AnalysisTable Run(AnalysisContext context) => new([new("a", "One."), new("b", "Two.")], [[1.0, 2.0], [3.0]]);
}
