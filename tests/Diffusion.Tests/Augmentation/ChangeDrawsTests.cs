namespace Dfx.Diffusion.Tests.Augmentation;

/// <summary>How often images are changed, and by how much.</summary>
[TestFixture]
internal sealed class ChangeDrawsTests
{
    private const int Count = 40_000;
    private const double Probability = 0.12;

    // The first image of as many steps, so that numbers of one image that are not independent are seen.
    private static readonly ImageChange[] s_changes =
        [.. Enumerable.Range(0, Count).Select(step => ChangeDraws.Draw(Probability, Noise, "shares", step, 1)[0])];

    private static IEnumerable<TestCaseData> Shares()
    {
        yield return Case("left to right", 0.5, c => c.FlipX);
        yield return Case("top to bottom", Probability / 2, c => c.FlipY);
        yield return Case("scale", Probability, c => c.Scale != 0);
        yield return Case("turn", Probability, c => c.Angle != 0);
        yield return Case("stretch", Probability, c => c.Stretch != 0);
        yield return Case("stretch along a turned axis", Probability / 2, c => c.Axis != 0);
        yield return Case("shift", Probability, c => c.ShiftX != 0);
        yield return Case("shift of both", Probability, c => c.ShiftX != 0 && c.ShiftY != 0);
        yield return Case("scale and turn", Probability * Probability, c => c.Scale != 0 && c.Angle != 0);
        yield return Case("turn and stretch", Probability * Probability, c => c.Angle != 0 && c.Stretch != 0);
        yield return Case("stretch and shift", Probability * Probability, c => c.Stretch != 0 && c.ShiftX != 0);
        yield return Case("both flips", Probability / 4, c => c.FlipX && c.FlipY);
        yield return Case("anything that moves", 1 - Math.Pow(1 - Probability, 4), c => c.Moves);

        static TestCaseData Case(string name, double share, Func<ImageChange, bool> has) => new TestCaseData(share, has).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Shares))]
    public void Its_share_of_the_images(double share, object has)
    {
        var seen = s_changes.Count((Func<ImageChange, bool>)has) / (double)Count;
        Assert.That(seen, Is.EqualTo(share).Within(5 * Math.Sqrt(share * (1 - share) / Count)));
    }

    private static IEnumerable<TestCaseData> Laws()
    {
        yield return Case("scale", c => c.Scale, 1, 3);
        yield return Case("turn", c => c.Angle, Math.PI * Math.PI / 3, Math.Pow(Math.PI, 4) / 5);
        yield return Case("stretch", c => c.Stretch, 1, 3);
        yield return Case("axis", c => c.Axis, Math.PI * Math.PI / 3, Math.Pow(Math.PI, 4) / 5);
        yield return Case("shift to the right", c => c.ShiftX, 1, 3);
        yield return Case("shift down", c => c.ShiftY, 1, 3);

        static TestCaseData Case(string name, Func<ImageChange, double> of, double second, double fourth) =>
            new TestCaseData(of, second, fourth).SetArgDisplayNames(name);
    }

    // Standard normals and uniforms in [-pi, pi], whether or not the dice that decide on them fell.
    [TestCaseSource(nameof(Laws))]
    public void Its_mean_and_variance(object of, double second, double fourth)
    {
        var drawn = s_changes.Select((Func<ImageChange, double>)of).Where(v => v != 0).ToList();
        Assert.That(drawn.Average(), Is.Zero.Within(5 * Math.Sqrt(second / drawn.Count)));
        Assert.That(drawn.Average(v => v * v), Is.EqualTo(second).Within(5 * Math.Sqrt((fourth - (second * second)) / drawn.Count)));
    }

    [Test]
    public void Shifts_to_both_sides_are_independent()
    {
        var shifted = s_changes.Where(c => c.ShiftX != 0).ToList();
        Assert.That(shifted.Average(c => c.ShiftX * c.ShiftY), Is.Zero.Within(5 / Math.Sqrt(shifted.Count)));
    }

    // Of the images that a coin mirrored.
    [Test]
    public void How_much_is_independent_of_the_coins()
    {
        var scales = s_changes.Where(c => c is { FlipX: true, Scale: not 0 }).Select(c => c.Scale * c.Scale).ToList();
        Assert.That(scales.Average(), Is.EqualTo(1).Within(5 * Math.Sqrt(2.0 / scales.Count)));
    }

    [Test]
    public void An_image_has_the_same_numbers_however_many_there_are()
    {
        var few = ChangeDraws.Draw(1, Noise, "a", 2, 3);
        Assert.That(ChangeDraws.Draw(1, Noise, "a", 2, 50)[..3], Is.EqualTo(few));
        Assert.That(ChangeDraws.Draw(1, Noise, "b", 2, 3), Has.None.AnyOf(few));
        Assert.That(ChangeDraws.Draw(1, Noise, "a", 3, 3), Has.None.AnyOf(few));
    }

    [Test]
    public void With_certainty_everything_is_drawn() =>
        Assert.That(ChangeDraws.Draw(1, Noise, "all", 0, 500), Has.All.Matches<ImageChange>(c => c is { Scale: not 0, Angle: not 0, Stretch: not 0, ShiftX: not 0, ShiftY: not 0 }));

    private static StepNoise Noise(string purpose) => new(19, purpose, torch.CPU);
}
