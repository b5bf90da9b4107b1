using System.Collections.Immutable;

namespace Dfx.SoftDiffusion;

/// <summary>Levels of a corruption among which a schedule chooses its nodes.</summary>
internal static class Candidates
{
    /// <summary>Neighbours nearer than this share of the whole distance are one level: a blur of a fifth of a pixel, sampled at pixels, does nothing.</summary>
    internal const double DeadShare = 1e-4;

    /// <summary>Levels from the identity to the strongest.</summary>
    internal static ImmutableArray<double> Of(CandidateSpacing spacing, double least, double most, int count) =>
        spacing == CandidateSpacing.Linear ? Linear(least, most, count) : Quadratic(least, most, count);

    /// <summary>Levels at equal steps.</summary>
    internal static ImmutableArray<double> Linear(double least, double most, int count) => Spaced(least, most, count, v => v);

    /// <summary>Levels whose steps grow in proportion to their index: images change most where a blur begins.</summary>
    internal static ImmutableArray<double> Quadratic(double least, double most, int count) => Spaced(least, most, count, v => v * v);

    /// <summary>
    /// The indices of the first level and of every further one whose distance from the last kept is not below <see cref="DeadShare"/> of the whole:
    /// edges of no length would be nodes for nothing. The last level stays in any case.
    /// </summary>
    /// <exception cref="ArgumentException">The images are the same at all levels.</exception>
    internal static ImmutableArray<int> Kept(LevelDistances distances)
    {
        var least = DeadShare * distances.Total;
        if (!(least > 0))
        {
            throw new ArgumentException("The images of the schedule are the same at all levels of the corruption, so there is no path from clean to corrupted ones: check the dataset.");
        }

        List<int> kept = [0];
        for (var i = 1; i < distances.Count; i++)
        {
            if (distances[kept[^1], i] >= least)
            {
                kept.Add(i);
            }
        }

        return kept[^1] == distances.Count - 1 ? [.. kept] : [.. kept[..^1], distances.Count - 1];
    }

    private static ImmutableArray<double> Spaced(double least, double most, int count, Func<double, double> place)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return [least, .. Enumerable.Range(1, count - 2).Select(i => least + ((most - least) * place(i / (count - 1.0)))), most];
    }
}
