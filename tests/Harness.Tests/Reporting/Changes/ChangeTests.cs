using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Changes;
using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Tests.Reporting.Changes;

/// <summary>What changed between two runs.</summary>
public sealed class ChangeTests
{
    private static Leaderboard Before() => Board(
        TestCells.Fd("same", 0, 1), TestCells.Fd("better", 0, 5), TestCells.Fd("better", 1, 6), TestCells.Fd("open", 0, 1), TestCells.Fd("open", 1, 1.5),
        TestCells.Fd("one", 0, 2), TestCells.Fd("broken", 0, 2), TestCells.Fd("gone", 0, 2));

    private static Leaderboard After() => Board(
        TestCells.Fd("same", 0, 1), Other(TestCells.Fd("better", 0, 4)), Other(TestCells.Fd("better", 1, 5.01)), Other(TestCells.Fd("open", 0, 1.2)), Other(TestCells.Fd("open", 1, 1.2)),
        Other(TestCells.Fd("one", 0, 1)), TestCells.Without("oom", "too big", "broken", 0), TestCells.Fd("fresh", 0, 2));

    [Test]
    public void Every_change_has_its_kind_and_verdict()
    {
        var changes = Change.Between(Before(), After()).ToDictionary(c => c.Row.Axis("method"), c => $"{c.Kind} {(c.Metrics.Count > 0 ? c.Metrics[0].Verdict : "")}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(changes, Has.Count.EqualTo(7));
            Assert.That(changes["same"], Is.EqualTo("same open"));
            Assert.That(changes["better"], Is.EqualTo("changed better"));
            Assert.That(changes["open"], Is.EqualTo("changed open"));
            Assert.That(changes["one"], Is.EqualTo("changed one seed: no interval"));
            Assert.That(changes["broken"], Is.EqualTo("status no seed in common"));
            Assert.That(changes["fresh"], Is.EqualTo("new "));
            Assert.That(changes["gone"], Is.EqualTo("gone "));
        }
    }

    [Test]
    public void The_forms_are_the_agreed_ones()
    {
        var changes = Change.Between(Before(), After());
        Snapshot.Check("changes.md", MarkdownGrid.Render(ChangesText.Grid(Before(), After(), changes)));
        Snapshot.Check("changes.csv", CsvFile.Render(ChangesText.Header, ChangesText.Rows(changes)));
    }

    private static CellRow Other(CellRow cell) => cell with { Key = cell.Key + " of other code" };

    private static Leaderboard Board(params CellRow[] cells) => Leaderboard.Of(TestCells.Results(cells));
}
