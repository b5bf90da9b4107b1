namespace Dfx.Numerics.Tests.Precision;

/// <summary>Against products of integers, which have no rounding: whole numbers so small that float64 has none either.</summary>
public sealed class GramSumTests
{
    private DisposeScope? _scope;

    [SetUp]
    public void Open() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void Close() => _scope?.Dispose();

    [TestCase(1, 1)]
    [TestCase(5, 3)]
    [TestCase(7, 512)]
    [TestCase(40, 1030)]
    public void It_adds_the_product_right_from_the_diagonal_on(int count, int side)
    {
        var rows = Whole(1, count, side);
        var before = Whole(2, side, side);
        var expected = (before.to(torch.int64) + rows.to(torch.int64).t().mm(rows.to(torch.int64))).triu();
        var sum = before.clone();
        GramSum.Add(sum, rows);
        Assert.That(sum.triu().to(torch.int64).data<long>().ToArray(), Is.EqualTo(expected.data<long>().ToArray()));
    }

    [Test]
    public void What_does_not_fit_is_refused()
    {
        Assert.That(() => GramSum.Add(Whole(1, 3, 3), Whole(1, 2, 4)), Throws.ArgumentException.With.Message.Contains("[2, 4]").And.Message.Contains("[3, 3]"));
        Assert.That(() => GramSum.Add(Whole(1, 3, 3).to(torch.float32), Whole(1, 2, 3)), Throws.ArgumentException.With.Message.Contains("float64"));
        Assert.That(() => GramSum.Add(Whole(1, 3, 3), Whole(1, 3, 2).t()), Throws.ArgumentException.With.Message.Contains("contiguous"));
    }

    private static torch.Tensor Whole(int seed, long rows, long columns)
    {
        var random = new Random(seed);
        return torch.tensor([.. Enumerable.Range(0, (int)(rows * columns)).Select(_ => (double)random.Next(-3000, 3000))], [rows, columns]);
    }
}
