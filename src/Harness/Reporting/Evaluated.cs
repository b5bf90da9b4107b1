using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Tables;

namespace Dfx.Harness.Reporting;

/// <summary>What the results say, before it is written in any form.</summary>
/// <param name="Board">The configurations over their seeds.</param>
/// <param name="Tables">The papers' tables by id: one for each slice of the results that they fit.</param>
/// <param name="Claims">The papers' claims with their verdicts.</param>
internal sealed record Evaluated(Leaderboard Board, IReadOnlyList<(string Id, IReadOnlyList<PaperTable> Filled)> Tables, IReadOnlyList<ClaimResult> Claims)
{
    internal static Evaluated Of(Results results, DefinitionSet definitions)
    {
        var board = Leaderboard.Of(results);
        return new(
            board,
            [.. definitions.Tables.AsParallel().AsOrdered().Select(t => (t.Definition.Id, PaperTables.Of(t.Definition, t.Published, board)))],
            [.. definitions.Claims.Select(claim => ClaimResult.Of(claim, board))]);
    }
}
