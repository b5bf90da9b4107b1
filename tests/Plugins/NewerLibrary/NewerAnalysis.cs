using Dfx.Sdk;

namespace Dfx.TestPlugins.NewerLibrary;

/// <summary>Was built for this host's contract, unlike the library that it brings.</summary>
[Analysis("test-newer-library", "Newer library")]
public sealed class NewerAnalysis : IAnalysis
{
    public AnalysisTable Run(AnalysisContext context) => new([new("contract", "What the library got.")], [[Library.Newer.Contract()]]);
}
