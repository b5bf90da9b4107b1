using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Harness.Tests.Matrix;

namespace Dfx.Harness.Tests.Planning;

/// <summary>Same key, same result: what decides a result is in the key, and nothing else is.</summary>
public sealed class KeyTests
{
    private static readonly (string, string?)[] s_base =
    [
        ("network", "{ channels: 8 }"), ("training", "{ steps: 20, batch: 4 }"), ("seeds", "1"), ("threads", "2"), ("sampling-batch", "8"),
        ("corrections", "{ correction: test-shrink, source: test-variance }"),
    ];

    /// <summary>For each changed key of the matrix, whether the training's, the correction's and the cell's key change.</summary>
    [TestCase("methods", "{ method: test-affine, with: { spread: 2 } }", true, false, true)]
    [TestCase("methods", "test-variance", true, false, true)]
    [TestCase("datasets", "{ dataset: test-shapes, with: { size: 9 } }", true, true, true)]
    [TestCase("network", "{ channels: 12 }", true, true, true)]
    [TestCase("network", "{ channels: 8, attention: 4 }", true, true, true)]
    [TestCase("network", "{ channels: 8, dropout: 0.1 }", true, true, true)]
    [TestCase("network", "{ channels: 8, multipliers: [1, 2] }", true, true, true)]
    [TestCase("training", "{ steps: 21, batch: 4 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 5 }", true, true, true)]
    [TestCase("training", "{ evaluations: 80, batch: 4 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, accumulate: 2 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, learning-rate: 0.1 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, warm-up: 0 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, ema: 0 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, ema-half-life: 9 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, clip: 1 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, flip: true }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, augment: 0.12 }", true, true, true)]
    [TestCase("training", "{ steps: 20, batch: 4, precision: bfloat16 }", true, true, true)]
    [TestCase("seeds", "2", true, true, true)]
    [TestCase("threads", "1", true, true, true)]
    [TestCase("tasks", "test-half", true, true, true)]
    [TestCase("corrections", "{ correction: test-shrink, source: test-variance, with: { stop: 0.6 } }", false, true, true)]
    [TestCase("corrections", "{ correction: test-shrink, source: test-affine }", false, true, true)]
    [TestCase("corrections", "{ correction: test-shrink, source: test-variance, training: { steps: 3 } }", false, true, true)]
    [TestCase("corrections", "{ correction: test-shrink, source: test-variance, teacher: test-shrink }", false, true, true)]
    [TestCase("samplers", "{ sampler: test-euler, with: { rho: 5 } }", false, false, true)]
    [TestCase("samplers", "test-naive", false, false, true)]
    [TestCase("nfe", "6", false, false, true)]
    [TestCase("samples", "17", false, false, true)]
    [TestCase("sampling-batch", "9", false, false, true)]
    [TestCase("metrics", "[test-mean, test-mse]", false, false, true)]
    [TestCase("limits", "{ time: 5m, memory: 1GiB }", false, false, false)]
    [TestCase("name", "other", false, false, false)]
    [TestCase("methods", "{ method: test-affine, name: renamed }", false, false, false)]
    [TestCase("methods", "{ method: test-affine, with: { spread: 1.0 } }", false, false, false)]
    [TestCase("samplers", "{ sampler: test-euler, name: renamed, nfe: 5 }", false, false, false)]
    [TestCase("datasets", "{ dataset: test-shapes, name: renamed, path: /elsewhere }", false, false, false)]
    [TestCase("network", "{ channels: 8, blocks: 1, family: ddpmpp }", false, false, false)]
    [TestCase("training", "{ batch: 4, steps: 20, flip: false, augment: 0, accumulate: 1, checkpoints: 1.00 }", false, false, false)]
    [TestCase("metrics", "{ metric: test-mean, name: renamed }", false, false, false)]
    public void A_key_changes_with_what_decides_the_result(string key, string value, bool train, bool correct, bool cell)
    {
        var (before, after) = (Keys(Plans.Make(Matrices.Read(s_base))), Keys(Plans.Make(Matrices.Read([.. s_base, (key, value)]))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Train != before.Train, Is.EqualTo(train), "training");
            Assert.That(after.Correct != before.Correct, Is.EqualTo(correct), "correction");
            Assert.That(after.Cell != before.Cell, Is.EqualTo(cell), "cell");
        }
    }

    [Test]
    public void A_key_changes_with_device_libraries_and_data()
    {
        var matrix = Matrices.Read([.. s_base]);
        Plan[] plans =
        [
            Plans.Make(matrix), Plans.Make(matrix, "cuda"), Plans.Make(matrix, libraries: "other"), Plans.Make(matrix, fingerprint: _ => "other"),
        ];
        Assert.That(plans.Select(p => Keys(p).Train), Is.Unique);
        Assert.That(plans.Select(p => Keys(p).Correct), Is.Unique);
        Assert.That(plans.Select(p => Keys(p).Cell), Is.Unique);
    }

    [Test]
    public void The_threads_of_the_host_are_no_part_on_cuda()
    {
        var two = Plans.Make(Matrices.Read(("threads", "2")), "cuda");
        var four = Plans.Make(Matrices.Read(("threads", "4")), "cuda");
        Assert.That(four.Jobs.Select(j => j.Key), Is.EqualTo(two.Jobs.Select(j => j.Key)));
    }

    [Test]
    public void The_order_of_an_axis_and_names_of_metrics_are_no_part()
    {
        var one = Plans.Make(Matrices.Read(("nfe", "[5, 6]"), ("seeds", "[0, 1]"), ("metrics", "[test-mean, test-mse]")));
        var other = Plans.Make(Matrices.Read(("nfe", "[6, 5]"), ("seeds", "[1, 0]"), ("metrics", "[test-mse, { metric: test-mean, name: z }]")));
        Assert.That(other.Jobs.Select(j => j.Key), Is.EquivalentTo(one.Jobs.Select(j => j.Key)));
    }

    [Test]
    public void Keys_are_64_hexadecimal_digits() =>
        Assert.That(Plans.Make(Matrices.Read()).Jobs.Select(j => j.Key), Has.All.Match("^[0-9a-f]{64}$"));

    /// <summary>The same characters, cut elsewhere.</summary>
    [Test]
    public void Parts_that_are_cut_elsewhere_have_another_key()
    {
        (string, string)[][] lists =
        [
            [("ab", "c")], [("a", "bc")], [("abc", "")], [("", "abc")], [("a", "b"), ("c", "")], [("a", ""), ("b", "c")], [],
            [("", "")], [("", ""), ("", "")], [("1:a", "b")], [("a1:b", "")], [("a", "1:b")], [("b", "c"), ("a", "")], [("a", "11:b")], [("a1", "1:b")],
        ];
        var keys = lists.SelectMany(parts => Enum.GetValues<JobKind>().Select(kind => JobKey.Of(kind, parts.Select(p => KeyValuePair.Create(p.Item1, p.Item2)))));
        Assert.That(keys, Is.Unique);
    }

    /// <summary>A word may hold what looks like another option.</summary>
    [Test]
    public void Options_cannot_imitate_each_other()
    {
        var one = Ref(new() { ["a"] = "1 b=2", ["b"] = "3" });
        var other = Ref(new() { ["a"] = "1", ["b"] = "2 b=3" });
        Assert.That(other.Part, Is.Not.EqualTo(one.Part));
        Assert.That(Ref(new() { ["a"] = "0.5", ["b"] = "extra-dark" }).Part, Is.EqualTo("id a=0.5 b=extra-dark @hash"));
    }

    private static PluginRef Ref(Dictionary<string, string> options) => new(PluginKind.Method, "id", "Type", "a.dll", "hash", options);

    private static (string Train, string Correct, string Cell) Keys(Plan plan)
    {
        var cell = plan.Cells.Last();
        var needs = plan.Trainings(cell);
        return (needs[0], needs[1], cell.Key);
    }
}
