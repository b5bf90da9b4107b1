namespace Dfx.SoftDiffusion.Tests.Corruptions;

[TestFixture]
internal sealed class GaussianBlurTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(64, 80, 0.3)]
    [TestCase(64, 80, 1)]
    [TestCase(64, 80, 5)]
    [TestCase(64, 80, 23)]
    [TestCase(32, 32, 18)]
    [TestCase(24, 5, 4, TestName = "A_kernel_within_the_image")]
    public void It_is_the_dense_sum_over_pixels(int side, int half, double level)
    {
        var x = Images.Smooth(1, 1, side, side);
        var expected = Dense(x, half, level);
        var blur = new GaussianBlur(side, side, half, 23);
        Assert.That(blur.Apply(x, level).MaxError(expected), Is.LessThan(1e-12));
        Assert.That(blur.Apply(x, Images.Fill(level, 1)).MaxError(expected), Is.LessThan(1e-12));
        Assert.That(blur.Apply(x.@float(), level).MaxError(expected), Is.LessThan(1e-5));
        Assert.That(blur.Apply(x.@float(), Images.Fill(level, 1)).MaxError(expected), Is.LessThan(1e-5));
    }

    [Test]
    public void Images_need_not_be_square()
    {
        var x = Images.Smooth(2, 3, 12, 20);
        var expected = torch.cat([.. Enumerable.Range(0, 6).Select(i => Dense(x.view(6, 1, 12, 20).narrow(0, i, 1), 25, 3))]).view_as(x);
        var blur = new GaussianBlur(12, 20, 25, 7);
        Assert.That(blur.Apply(x, 3).MaxError(expected), Is.LessThan(1e-12));
        Assert.That(blur.Apply(x, Images.Fill(3, 2)).MaxError(expected), Is.LessThan(1e-12));
    }

    [TestCase(0)]
    [TestCase(0.01)]
    [TestCase(0.15)]
    public void A_blur_that_nobody_sees_is_none(double level)
    {
        var x = Images.Normal("blur", 3, 2, 16, 16);
        var blur = new GaussianBlur(16, 16, 16, 9);
        foreach (var images in new[] { x, x.@float() })
        {
            Assert.That(blur.Apply(images, level).eq(images).all().ToBoolean());
            Assert.That(blur.Apply(images, torch.tensor([level, 4, level])).eq(images).all(3).all(2).all(1).data<bool>().ToArray(), Is.EqualTo(new[] { true, false, true }));
        }
    }

    [Test]
    public void The_result_is_another_tensor()
    {
        var x = Images.Normal("blur", 1, 1, 8, 8);
        new GaussianBlur(8, 8, 8, 3).Apply(x, 0.01).zero_();
        Assert.That(x.abs().max().ToDouble(), Is.GreaterThan(0));
    }

    // The numbers of the specification, which were computed by other code.
    [TestCase(64, 80, 23, new[] { 0.7310, 0.2946, 0.07163, 0.01176, 0.00144 }, 0.8362, 0.5060, 0.534)]
    [TestCase(32, 32, 18, new[] { 0.6165, 0.1319, 0.01403, 0.00095 }, 0.6736, 0.5070, 0.380)]
    public void Its_matrix_has_the_known_spectrum(int side, int half, double level, double[] leading, double centre, double edge, double norm)
    {
        var blur = new GaussianBlur(side, side, half, level);
        var matrix = blur.Side(level, side);
        Assert.That(matrix.MaxError(matrix.t()), Is.LessThan(1e-7));
        var values = torch.linalg.eigvalsh(matrix).data<double>().ToArray();
        Assert.That(values[0], Is.GreaterThan(-1e-6));
        Assert.That(values.Reverse().Take(leading.Length), Is.EqualTo(leading).Within(5e-4));
        var sums = matrix.sum(1L).data<double>().ToArray();
        Assert.That((sums[side / 2], sums[0]), Is.EqualTo((centre, edge)).Using<(double, double)>((a, b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2)));
        Assert.That(blur.Norm(level), Is.EqualTo(norm).Within(5e-4));

        static bool Near(double a, double b) => Math.Abs(a - b) < 5e-4;
    }

    [Test]
    public void It_is_its_own_adjoint()
    {
        var (x, y) = (Images.Normal("x", 4, 1, 20, 14), Images.Normal("y", 4, 1, 20, 14));
        var (blur, levels) = (new GaussianBlur(20, 14, 9, 8), torch.tensor([0.5, 1, 3, 8]));
        var (left, right) = ((blur.Apply(x, levels) * y).sum([1L, 2, 3]), (x * blur.Apply(y, levels)).sum([1L, 2, 3]));
        Assert.That(((left - right) / left).abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void Stronger_blurs_keep_less_and_change_more()
    {
        var blur = new GaussianBlur(32, 32, 32, 18);
        var x = Images.Smooth(4, 3, 32, 32);
        var levels = Enumerable.Range(0, 40).Select(i => 0.01 + (18 * i / 40.0)).ToArray();
        Assert.That(levels.Select(blur.Norm), Is.Ordered.Descending);
        Assert.That(levels.Select(level => (x - blur.Apply(x, level)).square().sum().ToDouble()), Is.Ordered);
        Assert.That(blur.Norm(0.1), Is.EqualTo(1));
    }

    [Test]
    public void A_level_a_row_is_a_loop_over_rows()
    {
        var (x, levels) = (Images.Smooth(6, 3, 32, 32).@float(), new[] { 0.01, 0.2, 0.7, 2, 9, 18 });
        var blur = new GaussianBlur(32, 32, 32, 18);
        var loop = torch.cat([.. levels.Select((level, i) => blur.Apply(x.narrow(0, i, 1), level))]);
        Assert.That(blur.Apply(x, torch.tensor(levels)).MaxError(loop), Is.LessThan(1e-6));
    }

    // Of images that are mirrored or wrapped at their borders nothing gets darker.
    [Test]
    public void Borders_get_darker()
    {
        var blurred = new GaussianBlur(64, 64, 80, 23).Apply(torch.ones([1, 1, 64, 64], torch.ScalarType.Float64), 23);
        Assert.That(blurred[0, 0, 32, 32].ToDouble(), Is.EqualTo(0.699).Within(5e-4));
        Assert.That(blurred[0, 0, 0, 0].ToDouble(), Is.EqualTo(0.256).Within(5e-4));
    }

    // A kernel that is normalised as a whole, over all pairs of pixels.
    private static torch.Tensor Dense(torch.Tensor x, int half, double level)
    {
        var (height, width) = ((int)x.shape[2], (int)x.shape[3]);
        double Weight(int row, int column) => Math.Exp(-((row * row) + (column * column)) / (2 * level * level));
        var sum = Enumerable.Range(-half, (2 * half) + 1).Sum(row => Enumerable.Range(-half, (2 * half) + 1).Sum(column => Weight(row, column)));
        var weights = new double[2 * height, 2 * width];
        for (var row = 1 - height; row < height; row++)
        {
            for (var column = 1 - width; column < width; column++)
            {
                weights[row + height, column + width] = Math.Max(Math.Abs(row), Math.Abs(column)) <= half ? Weight(row, column) / sum : 0;
            }
        }

        var (values, result) = (x.data<double>().ToArray(), new double[height * width]);
        for (var i = 0; i < result.Length; i++)
        {
            var (row, column) = ((i / width) + height, (i % width) + width);
            for (var from = 0; from < height; from++)
            {
                for (var at = 0; at < width; at++)
                {
                    result[i] += weights[row - from, column - at] * values[(from * width) + at];
                }
            }
        }

        return torch.tensor(result, [1, 1, height, width]);
    }
}
