using Dfx.Harness.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Matrix;

/// <summary>Whatever is wrong has a line, a column and a remedy. Lines of the small matrix: datasets 1, training 2, methods 3, samplers 4, nfe 5, samples 6, metrics 7.</summary>
public sealed class MatrixErrorTests
{
    [TestCase("nfe", "0", "m.yaml:5:6: nfe must be a whole number from 1 to 1000000, not '0'")]
    [TestCase("nfe", "1e3", "m.yaml:5:6: nfe must be a whole number, not '1e3'")]
    [TestCase("nfe", "0x10", "m.yaml:5:6: nfe must be a whole number, not '0x10'")]
    [TestCase("nfe", "1_000", "m.yaml:5:6: nfe must be a whole number, not '1_000'")]
    [TestCase("nfe", "[5, 1.0]", "m.yaml:5:10: nfe must be a whole number, not '1.0'")]
    [TestCase("nfe", "[]", "m.yaml:5:6: nfe must be at least one entry, not a list")]
    [TestCase("nfe", "{ a: 1 }", "m.yaml:5:6: nfe must be a word, not a mapping")]
    [TestCase("nfe", "99999999999999999999", "m.yaml:5:6: nfe must be a whole number, not '99999999999999999999'")]
    [TestCase("nfe", "[5, 5]", "m.yaml:5:6: nfe names '5' twice; give one of them a 'name' or remove it")]
    [TestCase("nfe", "[5, 05]", "m.yaml:5:6: nfe names '5' twice; give one of them a 'name' or remove it")]
    [TestCase("samples", "", "m.yaml:6:9: samples must be a word, not ''")]
    [TestCase("samples", "[16]", "m.yaml:6:10: samples must be a word, not a list")]
    [TestCase("training", "[1]", "m.yaml:2:11: training must be a mapping, not a list")]
    [TestCase("training", "7", "m.yaml:2:11: training must be a mapping, not '7'")]
    [TestCase("methods", "test-afine", "m.yaml:3:10: there is no method 'test-afine'; the nearest is 'test-affine' (dfx list shows all)")]
    [TestCase("methods", "[test-affine, [test-affine]]", "m.yaml:3:24: methods must be a word, not a list")]
    [TestCase("methods", "{ methid: test-affine }", "m.yaml:3:10: methods lacks 'method'")]
    [TestCase("methods", "{ method: test-affine, wiht: { spread: 2 } }", "m.yaml:3:33: methods has no key 'wiht'; the nearest is 'with'")]
    [TestCase("methods", "{ method: test-affine, with: { spraed: 2 } }", "m.yaml:3:41: with has no key 'spraed'; the nearest is 'spread'")]
    [TestCase("methods", "{ method: test-affine, with: { spread: 0 } }", "m.yaml:3:49: spread of test-affine must lie in 0.01 to 100, not 0")]
    [TestCase("methods", "{ method: test-affine, with: 3 }", "m.yaml:3:39: with must be a mapping, not '3'")]
    [TestCase("methods", "test-calibrated", "m.yaml:3:10: test-calibrated builds on a trained model: name its method as 'source'")]
    [TestCase("methods", "{ method: test-affine, source: test-blur }", "m.yaml:3:41: test-affine builds on no other model: remove its 'source'")]
    [TestCase("methods", "[test-affine, { method: test-calibrated, name: a, source: test-affine }, { method: test-calibrated, source: a }]", "m.yaml:3:118: the source of test-calibrated itself builds on test-affine; a source stands on its own")]
    [TestCase("methods", "[test-affine, test-affine]", "m.yaml:3:10: methods names 'test-affine' twice; give one of them a 'name' or remove it")]
    public void A_bad_value_is_named(string key, string value, string expected) => Assert.That(Head(Matrices.Error((key, value))), Is.EqualTo(expected));

    [TestCase("limits", "{ time: 30 }", "m.yaml:8:17: time must be a time such as 45s, 30m or 12h, not '30'")]
    [TestCase("limits", "{ time: 5y }", "m.yaml:8:17: time must be a time such as 45s, 30m or 12h, not '5y'")]
    [TestCase("limits", "{ time: 0s }", "m.yaml:8:17: time must be a time above 0, not '0s'")]
    [TestCase("limits", "{ time: -1s }", "m.yaml:8:17: time must be a time such as 45s, 30m or 12h, not '-1s'")]
    [TestCase("limits", "{ time: '٣s' }", "m.yaml:8:17: time must be a time such as 45s, 30m or 12h, not '٣s'")]
    [TestCase("limits", "{ memory: 8 }", "m.yaml:8:19: memory must be a size such as 512MiB or 8GiB, not '8'")]
    [TestCase("limits", "{ memory: 8gib }", "m.yaml:8:19: memory must be a size such as 512MiB or 8GiB, not '8gib'")]
    [TestCase("limits", "{ gpu-memory: lots }", "m.yaml:8:23: gpu-memory must be a size such as 512MiB or 8GiB, not 'lots'")]
    [TestCase("limits", "{ tiem: 8s }", "m.yaml:8:11: limits has no key 'tiem'; the nearest is 'time'")]
    [TestCase("network", "{ family: dpmpp }", "m.yaml:8:10: this network cannot be built: family 'dpmpp' is unknown; the nearest is 'ddpmpp'.")]
    [TestCase("network", "{ channels: 10 }", "m.yaml:8:10: this network cannot be built: channels are 10; expected a multiple of 4, such as 8.")]
    [TestCase("name", "a/b", "m.yaml:8:7: name must be a name of letters, digits, '-', '_' and '.', for it names a folder, not 'a/b'")]
    [TestCase("name", "..", "m.yaml:8:7: name must be a name of letters, digits, '-', '_' and '.', for it names a folder, not '..'")]
    [TestCase("keep-samples", "yes", "m.yaml:8:15: keep-samples must be true or false, not 'yes'")]
    [TestCase("seeds", "-1", "m.yaml:8:8: seeds must be a whole number from 0 to 9223372036854775807, not '-1'")]
    [TestCase("sedes", "1", "m.yaml:8:1: the matrix has no key 'sedes'; the nearest is 'seeds'")]
    [TestCase("corrections", "{ correction: test-shrink, source: none }", "m.yaml:8:49: there is no method 'none'; the nearest is")]
    [TestCase("corrections", "{ correction: test-shrink, teacher: none }", "m.yaml:8:50: teacher must be a correction, not 'none'")]
    [TestCase("corrections", "{ correction: test-shrink, source: test-blur }", "m.yaml:8:14: the source 'test-blur' of 'test-shrink' trains no denoiser, so there is no trajectory to learn from")]
    [TestCase("corrections", "{ correction: test-shrink, teacher: { correction: test-shrink, source: test-variance } }", "m.yaml:8:50: a teacher learns from its pupil's source: remove its 'source'")]
    [TestCase("corrections", "{ correction: test-shrink, teacher: test-stop }", "m.yaml:8:50: test-stop learns nothing, so there is nothing to learn from it: name a correction that is trained")]
    [TestCase("corrections", "{ correction: test-stop, source: test-affine }", "m.yaml:8:47: test-stop learns nothing: remove its 'source'")]
    [TestCase("corrections", "{ correction: test-stop, source: self }", "m.yaml:8:47: test-stop learns nothing: remove its 'source'")]
    [TestCase("corrections", "{ correction: test-stop, training: { steps: 3 } }", "m.yaml:8:49: test-stop learns nothing: remove its 'training'")]
    [TestCase("corrections", "{ correction: test-matched, teacher: test-shrink }", "m.yaml:8:51: test-matched learns nothing: remove its 'teacher'")]
    [TestCase("corrections", "{ correction: test-shrink, source: { method: test-affine, dataset: other } }", "m.yaml:8:81: a source has the dataset, task and seed of what names it: remove 'dataset'")]
    [TestCase("corrections", "{ correction: test-shrink, source: { method: test-affine, seeds: 3 } }", "m.yaml:8:79: a source has the dataset, task and seed of what names it: remove 'seeds'")]
    [TestCase("methods", "{ method: test-calibrated, source: { method: test-affine, task: test-half } }", "m.yaml:3:74: a source has the dataset, task and seed of what names it: remove 'task'")]
    [TestCase("analyses", "{ analysis: test-levels, method: { method: test-affine, dataset: other } }", "m.yaml:8:76: a method has the dataset, task and seed of what names it: remove 'dataset'")]
    [TestCase("corrections", "{ correction: test-pairs, training: { checkpoints: [0.5, 0.6] } }", "m.yaml:8:65: checkpoints must be a rising list of fractions that ends with 1")]
    [TestCase("corrections", "{ correction: test-pairs, training: { steps: 2, checkpoints: [0.1, 0.2, 1] } }", "m.yaml:8:50: checkpoints 0.1 and 0.2 are the same step 1 of 2: remove one of them")]
    [TestCase("corrections", "{ correction: test-shrink, only: { methods: test-afine } }", "m.yaml:8:58: the methods of the matrix have no 'test-afine'; the nearest is 'test-affine'")]
    [TestCase("corrections", "{ correction: test-shrink, only: { samplers: [test-euler, test-heun] } }", "m.yaml:8:72: the samplers of the matrix have no 'test-heun'; the nearest is 'test-euler'")]
    [TestCase("corrections", "{ correction: test-stop, only: { nfe: [5, 6] } }", "m.yaml:8:52: no cell of the matrix has the nfe 6; there are 5")]
    [TestCase("corrections", "{ correction: test-shrink, only: { method: test-affine } }", "m.yaml:8:49: only has no key 'method'; the nearest is 'methods'")]
    [TestCase("corrections", "{ correction: test-shrink, teacher: { correction: test-shrink, only: { nfe: 5 } } }", "m.yaml:8:50: a teacher is applied in no cell: remove its 'only'")]
    public void A_bad_addition_is_named(string key, string value, string expected) => Assert.That(Matrices.Error((key, value)), Does.StartWith(expected));

    [Test]
    public void What_leaves_no_cell_is_named() => Assert.That(
        Matrices.Error(("methods", "[test-affine, { method: test-variance, nfe: [3] }]"), ("corrections", "{ correction: test-shrink, only: { methods: test-variance, nfe: 5 } }")),
        Does.StartWith("m.yaml:8:47: only leaves no cell: none of its methods has one of its samplers with one of its budgets"));

    [TestCase("datasets")]
    [TestCase("training")]
    [TestCase("methods")]
    [TestCase("samplers")]
    [TestCase("nfe")]
    [TestCase("samples")]
    [TestCase("metrics")]
    public void A_missing_key_is_named(string key) => Assert.That(Matrices.Error((key, null)), Is.EqualTo($"m.yaml:1:1: the matrix lacks '{key}'"));

    [Test]
    public void An_unknown_key_whose_value_is_an_alias_has_its_own_place() => Assert.That(
        Matrices.Error(("samples", "&n 16"), ("sedes", "*n")), Does.StartWith("m.yaml:8:1: the matrix has no key 'sedes'"));

    [TestCase("", "m.yaml: expected one YAML document, found 0")]
    [TestCase("# nothing\n", "m.yaml: expected one YAML document, found 0")]
    [TestCase("a: 1\n---\nb: 2\n", "m.yaml: expected one YAML document, found 2")]
    [TestCase("---\n", "m.yaml:2:2: the matrix must be a mapping, not ''")]
    [TestCase("- a\n", "m.yaml:1:1: the matrix must be a mapping, not a list")]
    [TestCase("just words", "m.yaml:1:1: the matrix must be a mapping, not 'just words'")]
    [TestCase("a: 1\na: 2\n", "m.yaml:2:1: this is no valid YAML: ")]
    [TestCase("a: [1\n", "m.yaml:")]
    [TestCase("a: *nobody\n", "m.yaml:1:1: this is no valid YAML: The anchor 'nobody'")]
    [TestCase("a: \"open\n", "m.yaml:")]
    [TestCase("\ta: 1\n", "m.yaml:1:")]
    [TestCase("? [a]\n: 1\n", "m.yaml:")]
    public void A_file_that_is_no_matrix_is_named(string text, string expected) => Assert.That(Matrices.Error(text), Does.StartWith(expected));

    [Test]
    public void A_file_that_cannot_be_read_is_named()
    {
        using var scratch = new ScratchFolder();
        foreach (var path in (string[])[Path.Combine(scratch.Path, "nowhere.yaml"), scratch.Path])
        {
            Assert.That(() => MatrixReader.Read(path, TestPlugins.Catalog), Throws.TypeOf<UsageException>().With.Message.StartsWith($"{path} cannot be read: "));
        }
    }

    private static string Head(string message) => message.Split(". Plugins that cannot be used")[0];
}
