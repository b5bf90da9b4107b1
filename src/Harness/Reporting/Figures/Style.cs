using System.Collections.Immutable;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>How a series looks.</summary>
/// <param name="Color">Its colour, <c>#rrggbb</c>.</param>
/// <param name="Shape">Which shape its points have, counted from 0.</param>
/// <param name="Dash">Which dashes its line has; 0 is none.</param>
internal sealed record Style(string Color, int Shape, int Dash)
{
    private static readonly ImmutableArray<ImmutableArray<int>> s_dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3], [4, 2]];

    /// <summary>The lengths of its dashes and gaps in turn; none for a line without gaps.</summary>
    internal ImmutableArray<int> Dashes => s_dashes[Dash % s_dashes.Length];
}
