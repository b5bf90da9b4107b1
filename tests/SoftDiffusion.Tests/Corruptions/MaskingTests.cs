namespace Dfx.SoftDiffusion.Tests.Corruptions;

[TestFixture]
internal sealed class MaskingTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<Masking> Masks() =>
    [
        new(12, 12), new(9, 9), new(8, 14), new(12, 12, rings: 3), new(12, 12, softness: 0.5),
        new(12, 12, MaskOrder.Pixels), new(12, 12, MaskOrder.Pixels, 144, 0.001),
    ];

    [TestCaseSource(nameof(Masks))]
    public void From_all_to_nothing(Masking masking)
    {
        var x = Images.Normal("mask", 2, 3, Height(masking), Width(masking));
        Assert.That(masking.Apply(x, masking.Least).eq(x).all().ToBoolean());
        Assert.That(masking.Apply(x, masking.Most).abs().max().ToDouble(), Is.Zero);
        Assert.That((masking.IsIdentity(0), masking.IsIdentity(0.5), masking.Norm(0), masking.Norm(1)), Is.EqualTo((true, false, 1.0, 0.0)));
    }

    [TestCaseSource(nameof(Masks))]
    public void A_mask_hides_all_that_a_weaker_one_hides(Masking masking)
    {
        var masks = Levels(30).Select(level => Mask(masking, level)).ToList();
        foreach (var (weaker, stronger) in masks.Zip(masks.Skip(1)))
        {
            Assert.That((stronger - weaker).max().ToDouble(), Is.LessThanOrEqualTo(0));
        }

        Assert.That(masks.Select(m => m.sum().ToDouble()), Is.Ordered.Descending);
        Assert.That(Levels(30).Select(masking.Norm), Is.Ordered.Descending);
    }

    [TestCaseSource(nameof(Masks))]
    public void It_is_the_identity_where_it_says_so(Masking masking) => Assert.That(
        Levels(200).Select(level => Mask(masking, level).min().ToDouble() >= 1), Is.EqualTo(Levels(200).Select(masking.IsIdentity)));

    [TestCaseSource(nameof(Masks))]
    public void A_level_a_row_is_a_loop_over_rows(Masking masking)
    {
        var x = Images.Normal("mask", 5, 3, Height(masking), Width(masking)).@float();
        double[] levels = [0, 0.2, 0.55, 0.9, 1];
        var loop = torch.cat([.. levels.Select((level, i) => masking.Apply(x.narrow(0, i, 1), level))]);
        Assert.That(masking.Apply(x, torch.tensor(levels)).MaxError(loop), Is.LessThan(1e-6));
    }

    // Section 1.2's formula, pixel by pixel.
    [TestCase(12, 12)]
    [TestCase(9, 9)]
    [TestCase(8, 14)]
    public void A_window_shrinks_around_the_centre(int height, int width)
    {
        var masking = new Masking(height, width);
        var rings = (Math.Max(height, width) + 1) / 2;
        Assert.That((masking.Rings, masking.MinSteps, masking.Softness), Is.EqualTo((rings, rings, 1.0 / rings)));
        foreach (var level in Levels(13))
        {
            var mask = Mask(masking, level);
            for (var row = 0; row < height; row++)
            {
                for (var column = 0; column < width; column++)
                {
                    var distance = Math.Max(Math.Abs(row - ((height - 1) / 2.0)), Math.Abs(column - ((width - 1) / 2.0)));
                    var rank = Math.Floor(distance * rings / (Math.Max(height, width) / 2.0)) / rings;
                    var expected = Math.Clamp((((1 - level) * (1 + masking.Softness)) - rank) / masking.Softness, 0, 1);
                    Assert.That(mask[row, column].ToDouble(), Is.EqualTo(expected).Within(1e-12), $"level {level}, pixel {row} {column}");
                }
            }
        }
    }

    // With the default w, levels between two binary masks mix them: the paper's continuous corruption.
    [Test]
    public void Between_binary_masks_it_is_linear([Values] MaskOrder order)
    {
        var masking = new Masking(12, 12, order, 4);
        double Binary(int shown) => 1 - (shown / 4.0 / (1 + masking.Softness));
        for (var shown = 0; shown < 4; shown++)
        {
            var (less, more) = (Mask(masking, Binary(shown)), Mask(masking, Binary(shown + 1)));
            var between = Mask(masking, (0.7 * Binary(shown)) + (0.3 * Binary(shown + 1)));
            Assert.That(less.mul(1 - less).max().ToDouble(), Is.LessThan(1e-12), "binary");
            Assert.That(between.MaxError((less * 0.7) + (more * 0.3)), Is.LessThan(1e-12));
        }
    }

    [Test]
    public void Random_groups_are_equally_large()
    {
        var masking = new Masking(10, 10, MaskOrder.Pixels, 20, 1e-6);
        var seen = Enumerable.Range(0, 21).Select(i => Mask(masking, 1 - ((i - 0.5) / 20)).sum().ToDouble());
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 21).Select(i => 5.0 * i)));
        var rows = Mask(masking, 0.5).sum(1L).data<double>().ToArray();
        Assert.That(rows.Distinct().Count(), Is.GreaterThan(2), "no window and no stripes");
    }

    private static int Height(Masking masking) => (int)Mask(masking, 0).shape[0];

    private static int Width(Masking masking) => (int)Mask(masking, 0).shape[1];

    private static IEnumerable<double> Levels(int count) => Enumerable.Range(0, count + 1).Select(i => (double)i / count);

    // The mask itself: what it makes of white.
    private static torch.Tensor Mask(Masking masking, double level) =>
        masking.Apply(torch.ones([1, 1, 1, 1], torch.ScalarType.Float64), level)[0, 0];

    [TestCase(MaskOrder.Window, 28, 20, 15, 14)]
    [TestCase(MaskOrder.Window, 9, 9, 6, 5)]
    [TestCase(MaskOrder.Pixels, 2, 3, 7, 6)]
    public void More_rings_than_there_are_is_refused(MaskOrder order, int height, int width, int rings, int most)
    {
        Assert.That(
            () => new Masking(height, width, order, rings),
            Throws.ArgumentException.With.Message.StartsWith($"rings is {rings}, and a mask of {height}x{width} pixels has at most {most} groups that are hidden one after the other: give 1 to {most}."));
        var masking = new Masking(height, width, order, most);
        using var last = masking.Apply(torch.ones(1, 1, height, width), (masking.Most * (most - 1)) / most);
        Assert.That(last.count_nonzero().ToInt64(), Is.Positive);
    }
}
