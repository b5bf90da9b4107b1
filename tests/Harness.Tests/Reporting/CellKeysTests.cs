using Dfx.Harness.Reporting;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Numbers of cells compare as their coordinates do, one by one.</summary>
public sealed class CellKeysTests
{
    private static readonly string[] s_values = ["", "10", "9", "1e1", "010", "x", "X", "-1", "0.5", "free"];

    [Test]
    public void Cells_compare_as_their_coordinates([Values(1, 3)] int axes, [Range(1, 3)] int seed)
    {
        var (names, cells) = Made(axes, 60, new(seed), random => s_values[random.Next(s_values.Length)]);
        Check(names, cells);
    }

    /// <summary>So many values of each axis that their product is beyond any number.</summary>
    [Test]
    public void Any_number_of_values_will_do()
    {
        var (names, cells) = Made(14, 120, new(1), random => $"{random.Next(100)}");
        Check(names, cells);
    }

    [Test]
    public void No_cells_have_no_numbers() => Assert.That(CellKeys.Of([], ["a", "b"]), Is.Empty);

    private static (string[] Names, List<CellRow> Cells) Made(int axes, int count, Random random, Func<Random, string> value)
    {
        var names = Enumerable.Range(0, axes).Select(i => $"axis {i}").ToArray();
        var cells = Enumerable.Range(0, count).Select(i => new CellRow(names.ToDictionary(name => name, name => name == names[0] ? value(new(i / 2)) : value(random)), "", "ok", null, null, null));
        return (names, [.. cells]);
    }

    private static void Check(string[] names, List<CellRow> cells)
    {
        var keys = CellKeys.Of(cells, names);
        var pairs = from i in Enumerable.Range(0, cells.Count) from j in Enumerable.Range(0, i) select (i, j);
        Assert.That(pairs.Select(p => keys[p.i].CompareTo(keys[p.j])), Is.EqualTo(pairs.Select(p => Math.Sign(CellOrder.Compare(cells[p.i], cells[p.j], names)))));
    }
}
