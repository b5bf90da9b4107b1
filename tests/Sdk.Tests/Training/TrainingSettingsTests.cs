using System.Globalization;

namespace Dfx.Sdk.Tests.Training;

/// <summary>At which step a fraction's checkpoint is due.</summary>
public sealed class TrainingSettingsTests
{
    [TestCase(100, 1.0, 100)]
    [TestCase(100, 0.5, 50)]
    [TestCase(100, 0.501, 51)]
    [TestCase(30, 0.1, 3)] // 0.1 * 30 is 3.0000000000000004 in float64.
    [TestCase(100, 0.07, 7)] // 7.000000000000001
    [TestCase(100, 0.55, 55)] // 55.00000000000001
    [TestCase(10, 0.3, 3)]
    [TestCase(3, 1e-6, 1)]
    [TestCase(1, 1.0, 1)]
    [TestCase(1, 0.001, 1)]
    [TestCase(7, 0.0, 1)]
    [TestCase(7, 1.5, 7)]
    [TestCase(int.MaxValue, 1.0, int.MaxValue)]
    [TestCase(int.MaxValue, 2.0, int.MaxValue)]
    public void A_fraction_is_rounded_up_and_clamped(int steps, double fraction, int expected) =>
        Assert.That(Settings(steps).StepOf(fraction), Is.EqualTo(expected));

    /// <summary>Against decimal arithmetic, which has no rounding here.</summary>
    [Test]
    public void Decimal_fractions_are_exact([Values(1, 7, 30, 450, 1000, 12_345, 1_000_000)] int steps)
    {
        for (var i = 1; i <= 1000; i++)
        {
            var fraction = i / 1000m;
            var text = fraction.ToString(CultureInfo.InvariantCulture);
            var step = Settings(steps).StepOf(double.Parse(text, CultureInfo.InvariantCulture));
            Assert.That(step, Is.EqualTo((int)Math.Max(1, Math.Ceiling(fraction * steps))), text);
        }
    }

    // A budget of evaluations has its checkpoints in evaluations, and the steps that a plain loop comes to them with.
    [TestCase(20, 7, 0.25, 5, 1)]
    [TestCase(20, 7, 0.5, 10, 2)]
    [TestCase(20, 7, 1.0, 20, 3)]
    [TestCase(21, 7, 1.0, 21, 3)]
    [TestCase(3, 7, 0.1, 1, 1)]
    [TestCase(10_000_000_000, 512, 0.1, 1_000_000_000, 1_953_125)]
    public void A_budget_in_evaluations_has_its_own_unit(long evaluations, int batch, double fraction, long due, int step)
    {
        var settings = new TrainingSettings { Steps = (int)((evaluations + batch - 1) / batch), Evaluations = evaluations, Batch = batch };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.Budget, Is.EqualTo(evaluations));
            Assert.That(settings.DueAt(fraction), Is.EqualTo(due));
            Assert.That(settings.StepOf(fraction), Is.EqualTo(step));
            Assert.That(settings.StepOf(1), Is.EqualTo(settings.Steps));
        }
    }

    [Test]
    public void A_budget_in_steps_is_its_steps()
    {
        Assert.That((Settings(30).Budget, Settings(30).DueAt(0.1), Settings(30).Evaluations, Settings(30).Accumulate), Is.EqualTo((30L, 3L, (long?)null, 1)));
    }

    [Test]
    public void Defaults_keep_the_end_alone() => Assert.That(Settings(5).Checkpoints, Is.EqualTo(new[] { 1.0 }));

    [Test]
    public void Networks_are_equal_by_their_items()
    {
        var one = new NetworkSettings { Multipliers = [1, 2], Attention = [8] };
        var same = new NetworkSettings { Multipliers = [1, 2], Attention = [8] };
        NetworkSettings[] others =
        [
            one with { Family = "other" }, one with { Channels = 8 }, one with { Blocks = 3 }, one with { Dropout = 0.1 },
            one with { Multipliers = [2, 1] }, one with { Multipliers = [1, 2, 2] }, one with { Attention = [] }, one with { Attention = [4] },
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(same, Is.EqualTo(one));
            Assert.That(same.GetHashCode(), Is.EqualTo(one.GetHashCode()));
            Assert.That(others, Has.None.EqualTo(one));
            Assert.That(one.Equals(null), Is.False);
        }
    }

    [Test]
    public void A_network_without_lists_is_one_with_empty_ones()
    {
        var none = new NetworkSettings { Multipliers = default, Attention = default };
        var empty = new NetworkSettings { Multipliers = [], Attention = [] };
        Assert.That(none, Is.EqualTo(empty));
        Assert.That(none.GetHashCode(), Is.EqualTo(empty.GetHashCode()));
    }

    private static TrainingSettings Settings(int steps) => new() { Steps = steps, Batch = 1 };
}
