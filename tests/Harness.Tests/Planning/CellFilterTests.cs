using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Tests.Matrix;

namespace Dfx.Harness.Tests.Planning;

/// <summary>Corrections that are limited to some of a matrix's cells.</summary>
public sealed class CellFilterTests
{
    private const string Methods = "[test-affine, { method: test-affine, with: { spread: 2 }, name: wide, nfe: [3] }, { method: test-variance, samplers: [{ sampler: test-redraw, name: other, nfe: [7] }] }]";

    [TestCase("{ methods: test-variance }", "test-variance other 7")]
    [TestCase("{ methods: [test-affine] }", "test-affine test-euler 5|test-affine test-euler 9|wide test-euler 3")]
    [TestCase("{ methods: wide }", "wide test-euler 3")]
    [TestCase("{ samplers: other }", "test-variance other 7")]
    [TestCase("{ samplers: test-redraw }", "test-variance other 7")]
    [TestCase("{ nfe: [7, 9] }", "test-affine test-euler 9|test-variance other 7")]
    [TestCase("{ methods: test-affine, samplers: test-euler, nfe: 9 }", "test-affine test-euler 9")]
    [TestCase("{}", "test-affine test-euler 5|test-affine test-euler 9|wide test-euler 3|test-variance other 7")]
    public void A_correction_is_applied_where_all_that_it_says_fits(string only, string expected)
    {
        var plan = Plan(only);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Cells(plan, "test-shrink"), Is.EqualTo(expected.Split('|')));
            Assert.That(Cells(plan, "none"), Has.Count.EqualTo(4), "the others are as they were");
            Assert.That(plan.Jobs.Where(j => j.Kind == JobKind.Correct).Select(j => j.Key), Is.EquivalentTo(plan.Cells.Where(c => c.Axes!["correction"] != "none").Select(c => plan.Trainings(c)[^1]).Distinct()),
                "nothing is trained for no cell");
        }
    }

    [Test]
    public void No_key_changes() =>
        Assert.That(Plan("{ nfe: 9 }").Jobs.Select(job => job.Key), Is.SubsetOf(Plan("{}").Jobs.Select(job => job.Key)));

    /// <summary>One entry for each method's own trajectories and one for those of a source need no names, for tables call them differently.</summary>
    [Test]
    public void A_correction_may_stand_beside_itself_from_another_source()
    {
        var cells = Plans.Of(("methods", "[test-affine, test-variance]"), ("corrections", "[test-shrink, { correction: test-shrink, source: test-affine }]")).Cells;
        Assert.That(cells.Select(c => $"{c.Axes!["method"]}: {c.Axes["correction"]}"),
            Is.EqualTo(new[] { "test-affine: test-shrink", "test-variance: test-shrink", "test-variance: test-shrink from test-affine" }), "its own is its own, however it is named");
        Assert.That(Matrices.Error(("corrections", "[{ correction: test-shrink, name: a from test-affine }, { correction: test-shrink, source: test-affine, name: a }]")), Does.Contain("corrections names 'a from test-affine' twice"));
    }

    [Test]
    public void Labels_tell_sources_and_teachers_apart()
    {
        var labels = MatrixLabels.Of(Matrices.Read(
            ("methods", Methods),
            ("corrections", "[{ correction: test-pairs, name: own }, { correction: test-pairs, source: wide, name: far }, { correction: test-pairs, name: taught, teacher: { correction: test-pairs, with: { strength: 2 } } }, test-stop]")))["correction"];
        string? Word(string label, string name) => labels[label].GetValueOrDefault(name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Word("own", "source"), Word("far from wide", "source"), Word("test-stop", "source")), Is.EqualTo(("self", "test-affine", (string?)null)));
            Assert.That((Word("own", "source.spread"), Word("far from wide", "source.spread")), Is.EqualTo(((string?)null, "2")));
            Assert.That((Word("own", "teacher"), Word("taught", "teacher"), Word("taught", "teacher.strength")), Is.EqualTo(((string?)null, "test-pairs", "2")));
        }
    }

    private static Plan Plan(string only) => Plans.Of(
        ("methods", Methods), ("nfe", "[5, 9]"), ("corrections", $"[none, {{ correction: test-shrink, only: {only} }}]"));

    private static List<string> Cells(Plan plan, string correction) =>
        [.. plan.Cells.Where(c => c.Axes!["correction"] == correction).Select(c => $"{c.Axes!["method"]} {c.Axes["sampler"]} {c.Axes["nfe"]}")];
}
