namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>The place of the leaderboard, which the page's script fills: a page of rows at a time.</summary>
internal static class BoardSection
{
    internal static Markup Of(Leaderboard board) => board.Rows.Count == 0 ? Markup.None : Markup.Of($"""
        <noscript><p>This table needs JavaScript; <code>leaderboard.csv</code> beside this page has the same rows.</p></noscript>
        <form id="filters" class="filters" aria-label="Filters"><label>Search <input type="search" id="search" autocomplete="off"></label></form>
        <p id="shared"></p>
        <p id="found" role="status"></p>
        <p id="board-note">Mean ± half of Student's 95 % interval over the seeds (one seed has none); a tooltip has the standard deviation.
        Bold: of the rows found, the best of its dataset, task, NFE and steps, where its interval has no point in common with that of the next.
        The button of a row shows the cells behind its numbers.</p>
        <div class="scroll" role="region" aria-label="Rows of the leaderboard" tabindex="0"><table id="board" aria-describedby="board-note">
        <caption>One row a configuration</caption>
        <thead></thead><tbody></tbody>
        </table></div>
        <p class="pages"><button type="button" id="previous">Previous rows</button> <span id="page"></span> <button type="button" id="next">Next rows</button></p>
        """);
}
