using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>What the results say of a claim.</summary>
internal enum Verdict
{
    Undecided,
    Reproduced,
    Contradicted,
}

/// <summary>
/// Decides claims. Whichever way, a wrong verdict has a probability of at most 2.5 % over repetitions of the whole run, if differences over seeds are
/// normal: where one of k trials is enough to decide, its interval has level 1 - 0.05/k (Bonferroni); where all must agree, each has 95 %.
/// </summary>
internal static class Verdicts
{
    internal static Verdict Of(Quantifier holds, IReadOnlyList<Trial> trials)
    {
        if (trials.Count == 0)
        {
            return Verdict.Undecided;
        }

        var (supported, contradicted) = holds switch
        {
            Quantifier.Every => (All(trials.Count(t => t.Supports(Interval.Level)), trials), trials.Any(t => t.Contradicts(Strict(trials)))),
            Quantifier.Any => (trials.Any(t => t.Supports(Strict(trials))), All(trials.Count(t => t.Contradicts(Interval.Level)), trials)),
            _ => (2 * trials.Count(t => t.Supports(Strict(trials))) > trials.Count, 2 * trials.Count(t => t.Contradicts(Strict(trials))) >= trials.Count),
        };
        return supported ? Verdict.Reproduced : contradicted ? Verdict.Contradicted : Verdict.Undecided;
    }

    private static bool All(int count, IReadOnlyList<Trial> trials) => count == trials.Count;

    private static double Strict(IReadOnlyList<Trial> trials) => 1 - ((1 - Interval.Level) / trials.Count);
}
