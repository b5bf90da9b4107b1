using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Rows that lie in several files.</summary>
[Category("Tensors")]
public sealed class SafetensorsRowsTests
{
    private TestFolder _folder = null!;
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => (_folder, _scope) = (new(), torch.NewDisposeScope());

    [TearDown]
    public void TearDown()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    /// <summary>Rows of the files are those of all tensors one behind another, whatever the element type and the order.</summary>
    [TestCase(torch.ScalarType.Float16)]
    [TestCase(torch.ScalarType.BFloat16)]
    [TestCase(torch.ScalarType.Float64)]
    [TestCase(torch.ScalarType.Byte)]
    [TestCase(torch.ScalarType.Bool)]
    [TestCase(torch.ScalarType.Int64)]
    public void Rows_are_those_of_the_tensors_one_behind_another(torch.ScalarType type)
    {
        int[] lengths = [4, 1, 7, 2];
        var parts = lengths.Select((n, i) => torch.randint(0, 100, [n, 2, 3], dtype: torch.float32, generator: new torch.Generator((ulong)i)).to(type)).ToList();
        using var rows = Open([.. parts.Select(x => new Dictionary<string, torch.Tensor> { ["before"] = torch.ones(x.shape[0]), ["x"] = x, ["y"] = x + x })]);
        var all = torch.cat(parts);
        long[] wanted = [13, 0, 4, 5, 5, 11, 12, 3];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Rows, Is.EqualTo(14));
            Assert.That(rows.Names, Is.EquivalentTo(new[] { "before", "x", "y" }));
            Assert.That(rows.Row("x").Shape, Is.EqualTo(new long[] { 2, 3 }));
            Assert.That(Same(rows.Column("x"), all), Is.True);
            Assert.That(Same(rows.Read("x", wanted), all.index_select(0, torch.tensor(wanted))), Is.True);
            Assert.That(rows.Read("x", []).shape, Is.EqualTo(new long[] { 0, 2, 3 }));
        }
    }

    [Test]
    public void A_row_may_be_a_single_number()
    {
        using var rows = Open(new() { ["n"] = torch.tensor([3L, 4]) }, new() { ["n"] = torch.tensor([5L]) });
        Assert.That(rows.Read("n", [2, 0]).data<long>().ToArray(), Is.EqualTo(new[] { 5L, 3 }));
    }

    [Test]
    public void Rows_and_columns_that_are_not_there_are_refused()
    {
        using var rows = Open(new() { ["n"] = torch.tensor([3L, 4]) }, new() { ["n"] = torch.tensor([5L]) });
        using var none = SafetensorsRows.Open([]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => rows.Read("n", [3]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => rows.Read("n", [-1]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => rows.Read("m", [0]), Throws.ArgumentException.With.Message.StartsWith("there is no column 'm'; there are: n"));
            Assert.That(() => none.Column("n"), Throws.ArgumentException);
            Assert.That(none.Rows, Is.Zero);
        }
    }

    private static IEnumerable<TestCaseData> Unlike()
    {
        yield return new(() => new Dictionary<string, torch.Tensor> { ["y"] = torch.zeros(1, 2) }, "has the columns y; expected those of the first file, x");
        yield return new(() => new Dictionary<string, torch.Tensor> { ["x"] = torch.zeros(1, 3) }, "column 'x': is Float32 [1, 3]; expected rows as in the first file, which is Float32 [1, 2]");
        yield return new(() => new Dictionary<string, torch.Tensor> { ["x"] = torch.zeros([1, 2], torch.float64) }, "column 'x': is Float64 [1, 2]; expected rows as in the first file, which is Float32 [1, 2]");
        yield return new(() => new Dictionary<string, torch.Tensor> { ["x"] = torch.zeros(0, 2) }, "column 'x': is Float32 [0, 2]; expected 0 rows as in the other columns, at least one");
        yield return new(() => new Dictionary<string, torch.Tensor> { ["x"] = torch.zeros([]) }, "column 'x': is Float32 []; expected 0 rows as in the other columns, at least one");
    }

    [TestCaseSource(nameof(Unlike))]
    public void Files_that_do_not_match_are_named(Func<Dictionary<string, torch.Tensor>> second, string problem) => Assert.That(
        () => Open(new() { ["x"] = torch.zeros(1, 2) }, second()), Throws.TypeOf<TensorFileException>().With.Message.Contains("part-1").And.Message.Contains(problem));

    [Test]
    public void Columns_of_one_file_have_one_length() => Assert.That(
        () => Open(new Dictionary<string, torch.Tensor> { ["x"] = torch.zeros(2, 2), ["y"] = torch.zeros(1, 2) }), Throws.TypeOf<TensorFileException>().With.Message.Contains("expected"));

    [Test]
    public void A_file_that_was_cut_is_named()
    {
        Open(new Dictionary<string, torch.Tensor> { ["x"] = torch.zeros(2, 2) }).Dispose();
        File.WriteAllBytes(_folder["part-0"], File.ReadAllBytes(_folder["part-0"])[..^1]);
        Assert.That(() => SafetensorsRows.Open([_folder["part-0"]]), Throws.TypeOf<TensorFileException>().With.Message.Contains("part-0"));
    }

    /// <summary>40 000 images of 3 by 32 by 32 in float16 are 246 MB on disk; reading all of them, in any order, leaves none in memory.</summary>
    [Test]
    [NonParallelizable]
    public void Memory_does_not_grow_with_the_rows()
    {
        const int parts = 20, each = 2000;
        var images = torch.randn(each, 3, 32, 32).to(torch.float16);
        using var rows = Open([.. Enumerable.Range(0, parts).Select(_ => new Dictionary<string, torch.Tensor> { ["x"] = images })]);
        _ = rows.Read("x", [0, parts * each - 1]);
        var (before, bytes) = (Environment.WorkingSet, (long)parts * each * 3 * 32 * 32 * 2);
        for (var batch = 0; batch < parts * each / 250; batch++)
        {
            using var scope = torch.NewDisposeScope();
            _ = rows.Read("x", [.. Enumerable.Range(0, 250).Select(i => (long)(((batch * 250) + i) * 7919L % (parts * each)))]);
        }

        Assert.That(Environment.WorkingSet - before, Is.LessThan(bytes / 6));
    }

    private SafetensorsRows Open(params Dictionary<string, torch.Tensor>[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            Safetensors.Save(_folder[$"part-{i}"], parts[i]);
        }

        return SafetensorsRows.Open(Enumerable.Range(0, parts.Length).Select(i => _folder[$"part-{i}"]));
    }

    private static bool Same(torch.Tensor one, torch.Tensor other) => one.dtype == other.dtype && one.shape.SequenceEqual(other.shape) && one.bytes.SequenceEqual(other.contiguous().bytes);
}
