namespace Dfx.Sdk;

/// <summary>
/// Computes a table that is no leaderboard: the variance of a training target, a path of corruption levels, the time of a kernel. Its type
/// has an <see cref="AnalysisAttribute"/>.
/// </summary>
public interface IAnalysis
{
    /// <summary>Computes the table.</summary>
    /// <param name="context">Data, models and the host.</param>
    AnalysisTable Run(AnalysisContext context);
}
