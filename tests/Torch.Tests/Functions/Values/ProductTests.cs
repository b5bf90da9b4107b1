using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

/// <summary>Matrix products and einsum against loops.</summary>
public sealed class ProductTests : TensorTests
{
    [Test]
    public void Matrix_products_agree_with_loops()
    {
        var (x, y) = (Normal(2, 3, 4), Normal(2, 4, 5));
        var expected = Loops(x, y);
        Close(x.matmul(y), expected);
        Close(x.bmm(y), expected);
        Close(einsum("bij,bjk->bik", x, y), expected);
        Close(x[0].mm(y[0]), expected[0]);
        Close(x[1].mv(y[1, .., 0]), expected[1, .., 0]);
        Close(x[1, 0].dot(y[1, .., 0]), expected[1, 0, 0]);
        Close(zeros(2, 3, 5, float64).baddbmm(x, y, 1, 0.5f), expected / 2);
        Close(expected[0].addmm(x[0], y[0], 3, -1), expected[0] * 2);
    }

    [Test]
    public void Leading_dimensions_broadcast() => Assert.That(Normal(2, 1, 3, 4).matmul(Normal(5, 4, 2)).shape, Is.EqualTo([2L, 5, 3, 2]));

    [Test]
    public void Vectors_lose_their_dimension()
    {
        var (m, v) = (Normal(3, 4), Normal(4));
        Close(m.matmul(v), m.mv(v));
        Assert.That((v.matmul(m.t()).shape, v.matmul(v).shape), Is.EqualTo((new long[] { 3 }, Array.Empty<long>())));
    }

    [Test]
    public void Einsum_sums_traces_and_transposes()
    {
        var (x, v) = (Normal(3, 3), Normal(3));
        Close(einsum("ii->", x), x.trace());
        Close(einsum("ij->ji", x), x.t());
        Close(einsum("i,j->ij", v, v), v.outer(v));
        Close(einsum("ij,kj->ik", x, x), x.matmul(x.t()));
        Close(einsum("...ij->...", Normal(2, 2, 2).fill_(1)), [4, 4]);
        Close(einsum("i,ij,j", v, x, v), v.dot(x.mv(v)));
    }

    [Test]
    public void Outer_and_Kronecker_products()
    {
        var (v, w) = (tensor([1.0, 2]), tensor([3.0, 4, 5]));
        Close(v.outer(w), [3, 4, 5, 6, 8, 10]);
        Close(eye(2, dtype: float64).kron(from_array(new double[,] { { 1, 2 } })), [1, 2, 0, 0, 0, 0, 1, 2]);
    }

    [Test]
    public void Integers_multiply_exactly() => Assert.That(Longs(tensor([3L, 4], [1, 2]).mm(tensor([5L, 6], [2, 1]))), Is.EqualTo([39L]));

    private static Tensor Loops(Tensor x, Tensor y)
    {
        var (a, b) = (x.data<double>(), y.data<double>());
        var c = new double[2, 3, 5];
        for (var n = 0; n < 2 * 3 * 5 * 4; n++)
        {
            var (batch, i, k, j) = (n / 60, n / 20 % 3, n / 4 % 5, n % 4);
            c[batch, i, k] += a[batch, i, j] * b[batch, j, k];
        }

        return from_array(c);
    }
}
