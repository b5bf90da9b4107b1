using System.Security.Cryptography;

namespace Dfx.Data.Tests.Tasks;

/// <summary>Each kind of mask hides what its name says.</summary>
[TestFixture]
internal sealed class MaskTests
{
    private const int Many = 2000;

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(28)]
    [TestCase(64)]
    public void Half_hides_the_right_half(int side)
    {
        var hidden = Observed.Hidden("half", side, 3);
        Assert.That(hidden.narrow(2, 0, side / 2).max().ToDouble(), Is.Zero);
        Assert.That(hidden.narrow(2, side / 2, side / 2).min().ToDouble(), Is.EqualTo(1));
    }

    [TestCase(28)]
    [TestCase(64)]
    public void Expand_shows_a_centred_square_of_a_sixteenth(int side)
    {
        var hidden = Observed.Hidden("expand", side, 3);
        var middle = hidden.narrow(1, 3 * side / 8, side / 4).narrow(2, 3 * side / 8, side / 4);
        Assert.That(hidden.mean().ToDouble(), Is.EqualTo(15.0 / 16).Within(1e-6));
        Assert.That(middle.max().ToDouble(), Is.Zero);
    }

    [Test]
    public void Expand_by_chance_shows_a_quarter_a_third_or_half_of_the_side()
    {
        var sides = (1 - Observed.Hidden("expand random", 24, 600)).sum([1, 2]).sqrt().data<float>().ToArray();
        var counts = sides.GroupBy(s => s).ToDictionary(g => g.Key, g => g.Count());
        Assert.That(counts.Keys, Is.EquivalentTo(new[] { 6f, 8f, 12f }));

        // 200 expected of each; the standard deviation is 11.5.
        Assert.That(counts.Values, Is.All.InRange(150, 250));
    }

    [TestCase(28)]
    [TestCase(64)]
    public void Completion_hides_a_side_of_20_to_80_percent(int side)
    {
        var hidden = Observed.Hidden("completion", side, Many);
        var shares = hidden.mean([1, 2]);
        var (top, bottom) = (hidden.select(1, 0).amin([1L]), hidden.select(1, side - 1).amin([1L]));
        var (left, right) = (hidden.select(2, 0).amin([1L]), hidden.select(2, side - 1).amin([1L]));
        using (Assert.EnterMultipleScope())
        {
            // Uniform in [0.2, 0.8]: the mean's standard deviation is 0.173 / sqrt(2000) = 0.004.
            Assert.That(shares.mean().ToDouble(), Is.EqualTo(0.5).Within(0.02));
            Assert.That(shares.std().ToDouble(), Is.EqualTo(0.6 / Math.Sqrt(12)).Within(0.01));
            Assert.That(shares.min().ToDouble(), Is.EqualTo(0.2).Within(0.02));
            Assert.That(shares.max().ToDouble(), Is.EqualTo(0.8).Within(0.02));

            // Every mask is one whole side, and all four sides come up alike.
            Assert.That((top + bottom + left + right - 1).abs().max().ToDouble(), Is.Zero);
            Assert.That(((float[])[top.mean().ToSingle(), bottom.mean().ToSingle(), left.mean().ToSingle(), right.mean().ToSingle()]), Is.All.EqualTo(0.25f).Within(0.04f));
            Assert.That(Changes(hidden).max().ToDouble(), Is.EqualTo(1), "one border");
        }
    }

    /// <summary>Means over 400 masks of 28 to 64 pixels, drawn independently with another implementation: thick 0.27, medium 0.22.</summary>
    [TestCase("thick", 28, 0.27)]
    [TestCase("thick", 64, 0.27)]
    [TestCase("medium", 28, 0.22)]
    [TestCase("medium", 64, 0.22)]
    public void Strokes_hide_their_share_and_never_more_than_half(string kind, int side, double mean)
    {
        var shares = Observed.Hidden(kind, side, Many).mean([1, 2]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shares.mean().ToDouble(), Is.EqualTo(mean).Within(0.03));
            Assert.That(shares.max().ToDouble(), Is.LessThanOrEqualTo(0.5));
            Assert.That(shares.min().ToDouble(), Is.GreaterThan(0));
            Assert.That(shares.std().ToDouble(), Is.GreaterThan(0.08));
        }
    }

    /// <summary>Strokes that hide less than a tenth of a small image are rare, and found.</summary>
    [TestCase("thick a fifth", 28, 0.2)]
    [TestCase("medium a fifth", 64, 0.2)]
    [TestCase("mixed a fifth", 28, 15 / 16.0)]
    [TestCase("thick least", 14, 0.1)]
    [TestCase("medium least", 14, 0.1)]
    [TestCase("thick least", 28, 0.1)]
    [TestCase("medium least", 28, 0.1)]
    public void A_largest_share_is_never_passed(string kind, int side, double most)
    {
        var shares = Observed.Hidden(kind, side, Many).mean([1, 2]);
        Assert.That(shares.max().ToDouble(), Is.LessThanOrEqualTo(most + 1e-6));
        Assert.That(shares.min().ToDouble(), Is.GreaterThan(0));
    }

    /// <summary>
    /// Masks of half and expand are known to the pixel, those of completion are whole lines up to a straight border; the others are strokes and boxes. A kind whose
    /// masks are often drawn anew must not be rarer for it.
    /// </summary>
    [Test]
    public void Mixed_masks_are_of_the_five_kinds_alike()
    {
        const int side = 64;
        var hidden = Observed.Hidden("mixed", side, Many);
        double Share(torch.Tensor which) => which.to(torch.float32).mean().ToDouble();
        torch.Tensor Same(string kind) => (hidden - Observed.Hidden(kind, side, 1)).abs().amax([1, 2]).eq(0);
        var (half, expand) = (Same("half"), Same("expand"));
        var rows = (hidden - hidden.narrow(2, 0, 1)).abs().amax([1, 2]).eq(0);
        var columns = (hidden - hidden.narrow(1, 0, 1)).abs().amax([1, 2]).eq(0);
        var lines = rows.logical_or(columns).logical_and(half.logical_not());
        var strokes = half.logical_or(expand).logical_or(lines).logical_not();
        var shares = hidden.mean([1, 2]);
        using (Assert.EnterMultipleScope())
        {
            // The deviation of a share of a fifth in 2000 images is 0.009, of two fifths 0.011.
            Assert.That(Share(half), Is.EqualTo(0.2).Within(0.035));
            Assert.That(Share(expand), Is.EqualTo(0.2).Within(0.035));
            Assert.That(Share(lines), Is.EqualTo(0.2).Within(0.035));
            Assert.That(Share(strokes), Is.EqualTo(0.4).Within(0.045));
            Assert.That(shares.masked_select(strokes).max().ToDouble(), Is.LessThanOrEqualTo(0.5));
            Assert.That(shares.masked_select(strokes).mean().ToDouble(), Is.EqualTo((0.27 + 0.22) / 2).Within(0.03));
        }
    }

    /// <summary>What is hidden of the middle of a stroke survives a wide erosion; of a thin one nothing does.</summary>
    [Test]
    public void Thick_strokes_are_thicker_than_medium_ones()
    {
        double Left(string kind)
        {
            var hidden = Observed.Hidden(kind, 64, 500).unsqueeze(1);
            var eroded = torch.nn.functional.avg_pool2d(hidden, 15, 1).gt(0.999).to(torch.float32);
            return eroded.amax([1, 2, 3]).mean().ToDouble();
        }

        Assert.That(Left("thick"), Is.GreaterThan(2 * Left("medium")));
    }

    /// <summary>The same numbers at twice the size are the same mask, but for borders, the thinnest strokes and the rare other verdict.</summary>
    [TestCase("completion", 0.02)]
    [TestCase("thick", 0.05)]
    [TestCase("medium", 0.05)]
    [TestCase("deocclude mask", 0.06)]
    public void Masks_scale_with_the_image(string kind, double most)
    {
        var small = Observed.Hidden(kind, 64, 300);
        var large = torch.nn.functional.avg_pool2d(Observed.Hidden(kind, 128, 300).unsqueeze(1), 2).squeeze(1);
        var apart = (small - large).abs().mean([1, 2]);
        Assert.That(apart.lt(most).to(torch.float32).mean().ToDouble(), Is.GreaterThan(0.95));
    }

    /// <summary>Masks of a seed are part of every restoration result: another bit is another benchmark.</summary>
    [TestCase("half", 28, "a92af15cd81d139b")]
    [TestCase("completion", 28, "5e7459eee7c679f1")]
    [TestCase("expand", 28, "0c16d179ef61c0a9")]
    [TestCase("thick", 28, "a00b7a3afc09bd75")]
    [TestCase("thick", 64, "d555bc6bcbd315e6")]
    [TestCase("medium", 28, "cbdd66625a89daef")]
    [TestCase("medium", 64, "dafb79e85874eb45")]
    [TestCase("mixed", 28, "62acb8c401371d91")]
    [TestCase("mixed", 64, "2870174aa4f0aba9")]
    [TestCase("deocclude", 28, "f3e70e7f1544aa71")]
    [TestCase("deocclude", 64, "acd54cf8312ca945")]
    public void Masks_of_a_seed_stay_the_same(string kind, int side, string hash)
    {
        var channels = Observed.Of(kind, torch.zeros(32, 1, side, side)).Channels!;
        var bytes = PixelsOf(channels);
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], Is.EqualTo(hash));
    }

    private static byte[] PixelsOf(torch.Tensor channels) => Images.PixelBytes.Quantize(channels).bytes.ToArray();

    /// <summary>How often hidden and known alternate along the first row or the first column, whichever has more changes.</summary>
    private static torch.Tensor Changes(torch.Tensor hidden)
    {
        var side = hidden.shape[1];
        var down = (hidden.narrow(1, 1, side - 1) - hidden.narrow(1, 0, side - 1)).abs().sum([1L]).amax([1L]);
        var across = (hidden.narrow(2, 1, side - 1) - hidden.narrow(2, 0, side - 1)).abs().sum([2L]).amax([1L]);
        return torch.maximum(down, across);
    }
}
