using System.Globalization;

namespace Dfx.ResidualCorrection;

/// <summary>Which of a sampler's levels near c a correction takes over at.</summary>
public enum StopSide
{
    /// <summary>The smallest level that is not below c, as the paper's text has it ("nearest and larger").</summary>
    AtOrAbove,

    /// <summary>The first level that is not above c, as the paper's Algorithm 2 is printed.</summary>
    FirstBelow,
}

/// <summary>
/// i*, the level that a correction takes over at (Zhang et al. 2024, section 4.1): near c = max(at, eps), where eps is the sampler's last level above 0. Levels are
/// compared in sigma-space, where the last level of every customary chain is 0.01 or 0.02.
/// </summary>
/// <param name="At">0.01 in the paper.</param>
/// <param name="Side">Which side of c.</param>
internal readonly record struct StopRule(double At, StopSide Side)
{
    /// <summary>The paper's c.</summary>
    internal const double PaperLevel = 0.01;

    // The last level of DDPM's chain is 0.0100005: an equal level in other arithmetic must not be taken for a lower one.
    private const double Tolerance = 1e-6;

    /// <summary>The index of i*.</summary>
    /// <param name="sigmas">A sampler's levels in any order, the first one that of its start; 0 is the clean end.</param>
    /// <exception cref="NotApplicableException">There is no level, or only that of the start.</exception>
    internal int Index(IReadOnlyList<double> sigmas)
    {
        var positive = sigmas.Index().Where(level => level.Item > 0).ToList();
        if (positive.Count < 2)
        {
            throw new NotApplicableException("a correction takes over at a level above 0 that comes after the first one, and the sampler has none: give it a larger budget");
        }

        var c = Math.Max(At, positive.Min(level => level.Item));
        var found = Side == StopSide.AtOrAbove
            ? positive.Where(level => level.Item >= c * (1 - Tolerance)).OrderBy(level => level.Item).Select(level => (int?)level.Index).FirstOrDefault()
            : positive.Where(level => level.Item <= c * (1 + Tolerance)).OrderByDescending(level => level.Item).Select(level => (int?)level.Index).FirstOrDefault();
        return found is > 0
            ? found.Value
            : throw new NotApplicableException(string.Create(
                CultureInfo.InvariantCulture,
                $"no level {(Side == StopSide.AtOrAbove ? "at or above" : "at or below")} {c:g6} comes after the sampler's first one ({sigmas[0]:g6}): choose another 'at', or a sampler that starts higher"));
    }
}
