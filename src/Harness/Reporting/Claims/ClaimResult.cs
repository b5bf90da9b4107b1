namespace Dfx.Harness.Reporting.Claims;

/// <summary>A claim with what the results say of it.</summary>
internal sealed record ClaimResult(ClaimDefinition Claim, Verdict Verdict, IReadOnlyList<Trial> Trials)
{
    internal static ClaimResult Of(ClaimDefinition claim, Leaderboard board)
    {
        var trials = claim.Test switch
        {
            ComparisonTest test => new CellTrials(board).Of(test, claim.Expected),
            TrendTest test => new CellTrials(board).Of(test, claim.Expected),
            _ => new AnalysisTrials(board.Results).Of((AnalysisTest)claim.Test, claim.Expected),
        };
        return new(claim, Verdicts.Of(claim.Holds, trials), trials);
    }

    /// <summary>Whether anything was measured of it.</summary>
    internal bool IsMeasured => Trials.Count > 0;

    /// <summary>The verdict's grounds in a few words.</summary>
    internal string Why
    {
        get
        {
            var (yes, no) = (Trials.Count(t => t.Supports(Statistics.Interval.Level)), Trials.Count(t => t.Contradicts(Statistics.Interval.Level)));
            var blind = Trials.Select(t => t.Problem).OfType<string>().CountBy(problem => problem).Select(p => $"{p.Value} with {p.Key}");
            return Trials.Count == 0
                ? "nothing of it has been measured"
                : string.Join(", ", blind.Prepend($"of {Trials.Count} comparisons {yes} bear it out, {no} speak against it"));
        }
    }
}
