using System.Security.Cryptography;
using Dfx.Data.Images;
using Dfx.Data.Synthetic.Faces;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>Drawn faces.</summary>
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

    private static torch.Tensor Faces(int count, int size)
    {
        using var source = new ProcFacesDataset(new(size)).Open(new(null, ""));
        return source.Read(Split.Test, [.. Enumerable.Range(0, count)]);
    }
}
