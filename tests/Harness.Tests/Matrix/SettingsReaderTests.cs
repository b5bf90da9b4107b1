using Dfx.Harness.Matrix;
using Dfx.Sdk;
using YamlDotNet.RepresentationModel;

namespace Dfx.Harness.Tests.Matrix;

/// <summary>Networks and training: the later mapping overrides the earlier, key by key.</summary>
public sealed class SettingsReaderTests
{
    [Test]
    public void Training_merges_key_by_key()
    {
        var (t, precision) = SettingsReader.Training(
            Yaml("{ steps: 100, batch: 8, learning-rate: 1e-3, checkpoints: [0.5, 1.0], precision: float32, flip: true }"),
            Yaml("{ batch: 16, ema: 0.999 }"), null, Yaml("{ learning-rate: 0.5, precision: auto, clip: 1, warm-up: 0 }"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(t.Steps, Is.EqualTo(100));
            Assert.That(t.Batch, Is.EqualTo(16));
            Assert.That(t.LearningRate, Is.EqualTo(0.5));
            Assert.That(t.Ema, Is.EqualTo((double[])[0.999]));
            Assert.That(t.Clip, Is.EqualTo(1));
            Assert.That(t.WarmUp, Is.Zero);
            Assert.That(t.Flip, Is.True);
            Assert.That(t.Checkpoints, Is.EqualTo(new[] { 0.5, 1 }));
            Assert.That(precision, Is.Null, "auto takes float32 back");
        }
    }

    [Test]
    public void One_kind_of_average_takes_the_place_of_the_other()
    {
        var (shared, override_) = ("{ steps: 9, batch: 1, ema: 0.9 }", "{ ema-half-life: 500, ema-ramp-up: 0.1 }");
        var (halved, _) = SettingsReader.Training(Yaml(shared), Yaml(override_));
        var (back, _) = SettingsReader.Training(Yaml(shared), Yaml(override_), Yaml("{ ema: 0.5 }"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((halved.Ema.IsEmpty, halved.EmaHalfLife.Single(), halved.EmaRampUp), Is.EqualTo((true, 500.0, (double?)0.1)));
            Assert.That((back.Ema.Single(), back.EmaHalfLife.IsEmpty, back.EmaRampUp), Is.EqualTo((0.5, true, (double?)null)));
        }
    }

    [Test]
    public void Several_averages_are_kept_side_by_side()
    {
        var (settings, _) = SettingsReader.Training(Yaml("{ steps: 9, batch: 1, ema-half-life: [100, 500] }"));
        Assert.That((settings.Averages, settings.EmaHalfLife), Is.EqualTo((2, (double[])[100, 500])));
        Assert.That(() => SettingsReader.Training(Yaml("{ steps: 9, batch: 1, ema: [0.9, 0.9] }")), Throws.TypeOf<UsageException>().With.Message.Contains("several different ones"));
        Assert.That(() => SettingsReader.Training(Yaml("{ steps: 9, batch: 1, ema: [] }")), Throws.TypeOf<UsageException>());
    }

    [Test]
    public void One_unit_of_a_budget_takes_the_place_of_the_other()
    {
        var (shared, evaluations) = ("{ steps: 9, batch: 4, accumulate: 2 }", "{ evaluations: 18 }");
        var (counted, _) = SettingsReader.Training(Yaml(shared), Yaml(evaluations));
        var (back, _) = SettingsReader.Training(Yaml(shared), Yaml(evaluations), Yaml("{ steps: 7 }"));
        var (larger, _) = SettingsReader.Training(Yaml(shared), Yaml(evaluations), Yaml("{ batch: 6 }"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((counted.Steps, counted.Evaluations, counted.Accumulate), Is.EqualTo((5, (long?)18, 2)));
            Assert.That((back.Steps, back.Evaluations), Is.EqualTo((7, (long?)null)));
            Assert.That((larger.Steps, larger.Evaluations), Is.EqualTo((3, (long?)18)));
            Assert.That(SettingsReader.OfCorrection(Yaml(shared), Yaml(evaluations)), Has.Property("Evaluations").EqualTo(18).And.Property("Steps").EqualTo(5));
        }
    }

    [Test]
    public void An_entry_flips_instead_of_augmenting()
    {
        var shared = "{ steps: 9, batch: 1, augment: 0.12 }";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SettingsReader.Training(Yaml(shared)).Settings.Augment, Is.EqualTo(0.12));
            Assert.That(SettingsReader.Training(Yaml(shared), Yaml("{ augment: 0, flip: true }")).Settings, Has.Property("Augment").Zero.And.Property("Flip").True);
            Assert.That(
                () => SettingsReader.Training(Yaml(shared), Yaml("{ flip: true }")),
                Throws.TypeOf<UsageException>().With.Message.Contain("flip and augment together would mirror images twice, and augment already does: remove flip"));
        }
    }

    [Test]
    public void A_correction_is_trained_on_plain_images()
    {
        var shared = "{ steps: 9, batch: 1, augment: 0.12 }";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SettingsReader.OfCorrection(Yaml(shared), Yaml("{ steps: 5 }")), Has.Property("Augment").Zero.And.Property("Steps").EqualTo(5));
            Assert.That(SettingsReader.OfCorrection(Yaml(shared), null).Augment, Is.Zero);
            Assert.That(
                () => SettingsReader.OfCorrection(Yaml(shared), Yaml("{ augment: 0.1 }")),
                Throws.TypeOf<UsageException>().With.Message.Contain("a correction is trained on plain images: remove augment"));
            Assert.That(
                () => SettingsReader.OfCorrection(Yaml(shared), Yaml("{ flip: true }")),
                Throws.TypeOf<UsageException>().With.Message.Contain("mirrored as those of its source were: remove flip"));
            Assert.That(
                () => SettingsReader.OfCorrection(Yaml(shared), Yaml("{ precision: bfloat16 }")),
                Throws.TypeOf<UsageException>().With.Message.Contain("remove precision"));
        }
    }

    [Test]
    public void Networks_merge_key_by_key()
    {
        var n = SettingsReader.Network(Yaml("{ channels: 8, multipliers: [1, 2] }"), null, Yaml("{ attention: 4, multipliers: 3, dropout: 0.1 }"));
        Assert.That(n, Is.EqualTo(new NetworkSettings { Channels = 8, Multipliers = [3], Attention = [4], Dropout = 0.1 }));
        Assert.That(SettingsReader.Network(null, null), Is.EqualTo(new NetworkSettings()));
        Assert.That(SettingsReader.Network(Yaml("{ attention: [] }")).Attention, Is.Empty);
    }

    [TestCase("{ steps: 0, batch: 1 }", "steps must be a whole number from 1 to 2147483647, not '0'")]
    [TestCase("{ batch: 1 }", "training has no budget: give steps, or evaluations (forward and backward passes on one image)")]
    [TestCase("{ steps: 1, evaluations: 1, batch: 1 }", "steps and evaluations are two budgets of one training: remove one of them")]
    [TestCase("{ evaluations: 0, batch: 1 }", "evaluations must be a whole number from 1 to 1125899906842624, not '0'")]
    [TestCase("{ evaluations: 9999999999, batch: 1 }", "9999999999 evaluations are 9999999999 steps of a batch of 1: at most 2147483647 steps are run")]
    [TestCase("{ evaluations: 20, batch: 7, checkpoints: [0.1, 0.2, 1] }", "checkpoints 0.1 and 0.2 are the same step 1 of 3")]
    [TestCase("{ steps: 1, batch: 128, accumulate: 3 }", "accumulate: 3 does not split a batch of 128 into equal parts: the nearest number that does is 2")]
    [TestCase("{ steps: 1, batch: 4, accumulate: 8 }", "the nearest number that does is 4")]
    [TestCase("{ steps: 1, batch: 4, accumulate: 0 }", "accumulate must be a whole number from 1 to 1048576, not '0'")]
    [TestCase("{ steps: 1 }", "lacks 'batch'")]
    [TestCase("{ steps: 9, batch: 1, ema: 1 }", "ema must be a number from 0 to below 1, not '1'")]
    [TestCase("{ steps: 9, batch: 1, learning-rate: nan }", "learning-rate must be a number above 0, not 'nan'")]
    [TestCase("{ steps: 9, batch: 1, learning-rate: 1e999 }", "learning-rate must be a number above 0, not '1e999'")]
    [TestCase("{ steps: 9, batch: 1, clip: 0 }", "clip must be a number above 0, not '0'")]
    [TestCase("{ steps: 9, batch: 1, checkpoints: [1.0, 0.5] }", "checkpoints must be a rising list of fractions that ends with 1, not a list")]
    [TestCase("{ steps: 9, batch: 1, checkpoints: [0.5] }", "checkpoints must be a rising list of fractions that ends with 1, not a list")]
    [TestCase("{ steps: 9, batch: 1, checkpoints: [] }", "checkpoints must be a rising list of fractions that ends with 1, not a list")]
    [TestCase("{ steps: 9, batch: 1, checkpoints: [0, 1] }", "checkpoints must be a number above 0 and at most 1, not '0'")]
    [TestCase("{ steps: 9, batch: 1, checkpoints: [0.95, 1] }", "checkpoints 0.95 and 1 are the same step 9 of 9")]
    [TestCase("{ steps: 9, batch: 1, precision: float16 }", "precision must be auto, float32, bfloat16 or tf32, not 'float16'")]
    [TestCase("{ steps: 9, batch: 1, ema: 0.9, ema-half-life: 5 }", "ema and ema-half-life say the same thing twice: remove one of them")]
    [TestCase("{ steps: 9, batch: 1, ema: 0.9, ema-ramp-up: 0.1 }", "ema-ramp-up belongs to ema-half-life: give that too, or remove it")]
    [TestCase("{ steps: 9, batch: 1, ema-half-life: 0 }", "ema-half-life must be a number above 0, not '0'")]
    [TestCase("{ steps: 9, batch: 1, ema-half-life: 9, ema-ramp-up: 2 }", "ema-ramp-up must be a number from 0 to 1, not '2'")]
    [TestCase("{ steps: 9, batch: 1, augment: 1.1 }", "augment must be a number from 0 to 1, not '1.1'")]
    [TestCase("{ steps: 9, batch: 1, augment: nan }", "augment must be a number from 0 to 1, not 'nan'")]
    [TestCase("{ steps: 9, batch: 1, augment: 0.1, flip: true }", "remove flip")]
    [TestCase("{ steps: 9, batch: 1, warmup: 1 }", "has no key 'warmup'; the nearest is 'warm-up'")]
    public void A_bad_training_is_named(string text, string expected) =>
        Assert.That(() => SettingsReader.Training(Yaml(text)), Throws.TypeOf<UsageException>().With.Message.Contain(expected).And.Message.StartWith("m.yaml:1:"));

    [TestCase("{ channels: 2 }", "channels must be a whole number from 4 to 4096, not '2'")]
    [TestCase("{ multipliers: [] }", "multipliers must be at least one entry, not a list")]
    [TestCase("{ dropout: 1 }", "dropout must be a number from 0 to below 1, not '1'")]
    [TestCase("{ dropout: -0.1 }", "dropout must be a number from 0 to below 1, not '-0.1'")]
    [TestCase("{ chanels: 8 }", "has no key 'chanels'; the nearest is 'channels'")]
    public void A_bad_network_is_named(string text, string expected) =>
        Assert.That(() => SettingsReader.Network(Yaml(text)), Throws.TypeOf<UsageException>().With.Message.Contain(expected));

    private static YamlValue Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new("m.yaml", "settings", stream.Documents[0].RootNode);
    }
}
