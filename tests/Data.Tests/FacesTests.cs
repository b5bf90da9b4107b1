using System.Security.Cryptography;
using Dfx.Data.Images;
using Dfx.Data.Synthetic.Faces;
using Dfx.Data.Tests.Tasks;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>Drawn faces, and the occluders before them.</summary>
[TestFixture]
internal sealed class FacesTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    /// <summary>Faces of a seed are part of every result on them.</summary>
    [TestCase(32, "8faa034cc8f655b8")]
    [TestCase(64, "24d2018906138008")]
    public void Faces_of_a_seed_stay_the_same(int size, string hash)
    {
        var bytes = PixelBytes.Quantize(Faces(8, size)).bytes.ToArray();
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], Is.EqualTo(hash));
    }

    [Test]
    public void A_face_does_not_depend_on_how_many_there_are_nor_on_the_order()
    {
        using var few = new ProcFacesDataset(new(Train: 3)).Open(new(null, ""));
        using var many = new ProcFacesDataset(new(Train: 30)).Open(new(null, ""));
        Assert.That((few.Read(Split.Train, [2, 0, 2]) - many.Read(Split.Train, [0, 1, 2]).index_select(0, torch.tensor([2L, 0L, 2L]))).abs().max().ToDouble(), Is.Zero);
        Assert.That((many.Read(Split.Train, [0]) - many.Read(Split.Test, [0])).abs().max().ToDouble(), Is.GreaterThan(0.1), "the parts differ");
        Assert.That(() => few.Read(Split.Train, [3]), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("3 faces"));
        Assert.That((many.Shape, many.Count(Split.Train), many.Count(Split.Test), many.Classes.Count, many.IsImages), Is.EqualTo((new DataShape(3, 32, 32), 30, 2000, 0, true)));
    }

    [Test]
    public void Options_are_part_of_the_fingerprint()
    {
        string Print(ProcFacesOptions options) => new ProcFacesDataset(options).Fingerprint(new(null, ""));
        string[] prints = [Print(new()), Print(new(Size: 64)), Print(new(Train: 5)), Print(new(Test: 5)), Print(new(Seed: 5))];
        Assert.That(prints, Is.Unique);
        Assert.That(Print(new()), Is.EqualTo(prints[0]));
    }

    /// <summary>A face at twice the size is the same face: four of its pixels are one of the smaller image's, but for edges and grain.</summary>
    [Test]
    public void Faces_scale()
    {
        var halved = torch.nn.functional.avg_pool2d(Faces(20, 64), 2);
        Assert.That((halved - Faces(20, 32)).abs().mean().ToDouble(), Is.LessThan(0.02));
    }

    [Test]
    public void Landmarks_are_where_the_parts_are()
    {
        using var source = new FaceSource(new());
        for (var i = 0; i < 50; i++)
        {
            var face = source.Face(Split.Train, i);
            var marks = face.Landmarks;
            double Bright((double X, double Y) point, double x = 0, double y = 0) =>
                FacePainter.At(face, point.X + x, point.Y + y) is var colour ? (colour.R + colour.G + colour.B) / 3 : 0;
            double Red((double X, double Y) point, double x) =>
                FacePainter.At(face, point.X + x, point.Y - (0.03 * face.Axes.Y)) is var colour ? colour.R / (colour.R + colour.G + colour.B) : 0;
            using (Assert.EnterMultipleScope())
            {
                // Pupils are nearly black, and the white of the eye lies beside them.
                Assert.That(new[] { Bright(marks.LeftEye), Bright(marks.RightEye) }, Is.All.LessThan(0.08));
                Assert.That(Bright(marks.LeftEye, x: 0.14 * face.Axes.X), Is.GreaterThan(0.6));

                // The tip of the nose has its shadow just below.
                Assert.That(Bright(marks.Nose, y: 0.03 * face.Axes.Y), Is.LessThan(Bright(marks.Nose, y: -0.12 * face.Axes.Y)));

                // The upper lip, which is redder than skin, ends at the corners of the mouth.
                Assert.That(Red(marks.MouthLeft, x: 0.01 * face.Axes.X), Is.GreaterThan(1.05 * Red(marks.MouthLeft, x: -0.03 * face.Axes.X)));
                Assert.That(marks.MouthRight.X - marks.MouthLeft.X, Is.EqualTo(2 * face.Mouth.Width * face.Axes.X).Within(1e-12));
                Assert.That((marks.Chin.X, marks.Chin.Y - face.Axes.Y), Is.EqualTo(face.Centre).Within(1e-12));
            }
        }
    }

    /// <summary>
    /// Untouched occluded faces score what those of the published test set of faces do: 10.48 dB and 0.64 (the row "occluded image" of the table on de-occlusion in
    /// Lu, Salah and Poppe 2024). SSIM written out: windows of 11x11 with a Gaussian of 1.5, K1 0.01, K2 0.03, the mean over RGB.
    /// </summary>
    [Test]
    public void Occluded_faces_are_as_damaged_as_published_ones()
    {
        var clean = Faces(100, 64);
        var seen = Observed.Of("deocclude", clean).Channels!;
        var (psnr, ssim) = (Psnr(clean, seen), Ssim(clean, seen));
        TestContext.Out.WriteLine($"PSNR {psnr:f2} dB, SSIM {ssim:f3}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(psnr, Is.EqualTo(10.48).Within(1.5));
            Assert.That(ssim, Is.EqualTo(0.64).Within(0.08));
        }
    }

    private static torch.Tensor Faces(int count, int size)
    {
        using var source = new ProcFacesDataset(new(size)).Open(new(null, ""));
        return source.Read(Split.Test, [.. Enumerable.Range(0, count)]);
    }

    private static double Psnr(torch.Tensor a, torch.Tensor b) => (((a - b) / 2).square().mean([1, 2, 3]).log() * (-10 / Math.Log(10))).mean().ToDouble();

    private static double Ssim(torch.Tensor a, torch.Tensor b)
    {
        // Row i weighs the eleven values from i on.
        var side = a.shape[3];
        var offsets = torch.arange(side).unsqueeze(0) - torch.arange(side - 10).unsqueeze(1) - 5;
        var line = (-offsets.square() / (2 * 1.5 * 1.5)).exp() * offsets.abs().le(5);
        line /= line.sum(1, keepdim: true);
        torch.Tensor Mean(torch.Tensor x) => line.matmul(x).matmul(line.t());
        var (x, y) = ((a + 1) / 2, (b + 1) / 2);
        var (mx, my) = (Mean(x), Mean(y));
        var (vx, vy, cross) = (Mean(x * x) - (mx * mx), Mean(y * y) - (my * my), Mean(x * y) - (mx * my));
        var (c1, c2) = (0.01 * 0.01, 0.03 * 0.03);
        return (((2 * mx * my) + c1) * ((2 * cross) + c2) / (((mx * mx) + (my * my) + c1) * (vx + vy + c2))).mean().ToDouble();
    }
}
