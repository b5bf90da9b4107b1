using Dfx.Sdk;

namespace Dfx.TestPlugins.NewerLibrary.Library;

/// <summary>Uses the contract of the next version.</summary>
public static class Newer
{
    /// <summary>Which one it got.</summary>
    public static string Contract() => typeof(IAnalysis).Assembly.GetName().Version!.ToString(2);
}
