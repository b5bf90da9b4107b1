using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class ConvolutionTests : TensorTests
{
    [TestCase(1, 0, 1, 1)]
    [TestCase(2, 1, 1, 1)]
    [TestCase(1, 2, 2, 1)]
    [TestCase(2, 0, 1, 2)]
    [TestCase(3, 3, 2, 4)]
    public void Convolution_agrees_with_loops(int stride, int padding, int dilation, int groups)
    {
        var (x, w, b) = (Normal(2, 4, 7, 6), Normal(8, 4 / groups, 3, 2), Normal(8));
        var actual = F.conv2d(x, w, b, [stride, stride], [padding, padding], [dilation, dilation], groups);
        Close(actual, Loops(x, w, b, actual.shape, stride, padding, dilation, groups), 1e-11);
    }

    [Test]
    public void Stride_and_padding_of_height_and_width_are_told_apart() =>
        Assert.That(F.conv2d(Normal(1, 1, 9, 9), Normal(1, 1, 3, 3), null, [2, 1], [0, 3]).shape, Is.EqualTo([1L, 1, 4, 13]));

    [Test]
    public void One_dimension_is_two_with_a_height_of_one()
    {
        var (x, w, b) = (Normal(2, 4, 9), Normal(6, 2, 3), Normal(6));
        var expected = F.conv2d(x.unsqueeze(2), w.unsqueeze(2), b, [1, 2], [0, 1], [1, 2], 2).squeeze(2);
        Close(F.conv1d(x, w, b, 2, 1, 2, 2), expected);
    }

    [TestCase(1, 0, 1, 1)]
    [TestCase(2, 1, 1, 1)]
    [TestCase(1, 1, 2, 2)]
    public void Transposed_convolution_is_the_adjoint(int stride, int padding, int dilation, int groups)
    {
        var (x, w) = (Normal(2, 4, 7, 7), Normal(6, 4 / groups, 3, 3));
        var forward = F.conv2d(x, w, null, [stride, stride], [padding, padding], [dilation, dilation], groups);
        var y = randn(forward.shape, float64, generator: Random);
        var back = F.conv_transpose2d(y, w, null, [stride, stride], [padding, padding], null, [dilation, dilation], groups);
        Assert.That((forward * y).sum().ToDouble(), Is.EqualTo((x * back).sum().ToDouble()).Within(1e-10));
    }

    [Test]
    public void Output_padding_enlarges_a_transposed_convolution() =>
        Assert.That(
            F.conv_transpose2d(Normal(1, 2, 4, 4), Normal(2, 3, 3, 3), null, [2, 2], [1, 1], [1, 0]).shape,
            Is.EqualTo([1L, 3, 8, 7]));

    [Test]
    public void Linear_is_a_product_with_the_transposed_weights()
    {
        var (x, w, b) = (Normal(2, 5, 3), Normal(4, 3), Normal(4));
        Close(F.linear(x, w, b), x.matmul(w.t()) + b);
        Close(F.linear(x, w), x.matmul(w.t()));
    }

    [Test]
    public void Windows_as_columns_make_a_convolution_a_product()
    {
        var (x, w) = (Normal(2, 3, 6, 6), Normal(4, 3, 2, 2));
        var columns = F.unfold(x, 2, 2, 1, 2);
        Close(w.view(4, -1).matmul(columns).view(2, 4, 3, 3), F.conv2d(x, w, null, [2, 2], [1, 1], [2, 2]));
    }

    private static double[] Loops(Tensor x, Tensor w, Tensor b, long[] shape, int stride, int padding, int dilation, int groups)
    {
        var (image, kernel, bias) = (x.data<double>(), w.data<double>(), b.data<double>());
        var (inGroup, outGroup) = (w.shape[1], shape[1] / groups);
        var result = new List<double>();
        foreach (var (n, o, i, j) in Places(shape))
        {
            var sum = bias[o];
            foreach (var (_, c, k, l) in Places([1, inGroup, w.shape[2], w.shape[3]]))
            {
                var (row, column) = ((i * stride) - padding + (k * dilation), (j * stride) - padding + (l * dilation));
                var inside = row >= 0 && row < x.shape[2] && column >= 0 && column < x.shape[3];
                sum += inside ? image[n, (o / outGroup * inGroup) + c, row, column] * kernel[o, c, k, l] : 0;
            }

            result.Add(sum);
        }

        return [.. result];
    }

    private static IEnumerable<(long, long, long, long)> Places(long[] shape)
    {
        for (var at = 0L; at < shape[0] * shape[1] * shape[2] * shape[3]; at++)
        {
            yield return (
                at / (shape[1] * shape[2] * shape[3]),
                at / (shape[2] * shape[3]) % shape[1],
                at / shape[3] % shape[2],
                at % shape[3]);
        }
    }
}
