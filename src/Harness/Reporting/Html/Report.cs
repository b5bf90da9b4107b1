using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Samples;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting.Html;

/// <summary>Everything that a page shows.</summary>
internal sealed record Report
{
    public required Leaderboard Board { get; init; }

    public Results Results => Board.Results;

    public required Manifest Manifest { get; init; }

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public IReadOnlyList<SampleSheet> Sheets { get; init; } = [];

    /// <summary>Tables as papers have them, with the published and the measured numbers.</summary>
    public IReadOnlyList<Grid> Tables { get; init; } = [];

    public IReadOnlyList<ClaimResult> Claims { get; init; } = [];

    /// <summary>The SVG of a figure; null where there is none. Shown where the page has no scripts to draw with.</summary>
    public Func<string, string?> Picture { get; init; } = _ => null;
}
