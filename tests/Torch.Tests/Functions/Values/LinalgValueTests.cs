using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

/// <summary>Decompositions multiply to what they decompose, and solutions solve.</summary>
public sealed class LinalgValueTests : TensorTests
{
    private const double Rounding = 1e-10;

    private static Tensor Unit(long n) => eye(n, dtype: float64);

    private Tensor Regular => Normal(2, 5, 5) + (Unit(5) * 4);

    private Tensor Symmetric
    {
        get
        {
            var x = Normal(2, 5, 5);
            return x + x.mT;
        }
    }

    [Test]
    public void Cholesky_factors()
    {
        var x = Normal(2, 5, 5);
        var a = x.matmul(x.mT) + Unit(5);
        var l = linalg.cholesky(a);
        Close(l.matmul(l.mT), a, Rounding);
        Close(l, l.tril());
    }

    [Test]
    public void Eigenvectors_are_orthonormal_and_values_ascend()
    {
        var a = Symmetric;
        var (values, vectors) = linalg.eigh(a);
        Close((vectors * values.unsqueeze(-2)).matmul(vectors.mT), a, Rounding);
        Close(vectors.mT.matmul(vectors), Unit(5).expand(2, 5, 5), Rounding);
        Close(values.sort().Values, values);
        Close(linalg.eigvalsh(a), values, Rounding);
        Close(values.sum(-1), a.diagonal(0, 1, 2).sum(-1), Rounding);
    }

    [Test]
    public void Only_the_named_triangle_is_read()
    {
        var a = Symmetric;
        Close(linalg.eigvalsh(a.tril(), 'L'), linalg.eigvalsh(a), Rounding);
        Close(linalg.eigvalsh(a.triu(), 'U'), linalg.eigvalsh(a), Rounding);
        Assert.That(() => linalg.eigh(a, 'X'), Throws.ArgumentException);
    }

    [TestCase(7, 4, false)]
    [TestCase(4, 7, false)]
    [TestCase(4, 4, true)]
    public void Singular_values_descend_and_rebuild(long rows, long columns, bool full)
    {
        var a = Normal(rows, columns);
        var (u, s, vh) = linalg.svd(a, full);
        Close((u * s).matmul(vh), a, Rounding);
        Close(u.mT.matmul(u), Unit(u.shape[1]), Rounding);
        Close(s.sort(0, true).Values, s);
        Close(linalg.svdvals(a), s, Rounding);
    }

    [Test]
    public void Full_singular_vectors_are_square()
    {
        var (u, _, vh) = linalg.svd(Normal(5, 3));
        Assert.That((u.shape, vh.shape), Is.EqualTo((new long[] { 5, 5 }, new long[] { 3, 3 })));
    }

    [Test]
    public void Orthogonal_times_triangular()
    {
        var a = Normal(6, 4);
        var (q, r) = linalg.qr(a);
        Close(q.matmul(r), a, Rounding);
        Close(q.mT.matmul(q), Unit(4), Rounding);
        Close(r, r.triu());
        var (complete, tall) = linalg.qr(a, linalg.QRMode.Complete);
        Close(complete.matmul(tall), a, Rounding);
        Close(linalg.qr(a, linalg.QRMode.R).R, r, Rounding);
    }

    [Test]
    public void Solutions_solve()
    {
        var (a, b) = (Regular, Normal(2, 5, 3));
        Close(a.matmul(linalg.solve(a, b)), b, Rounding);
        Close(linalg.solve(a, b.mT, false).matmul(a), b.mT, Rounding);
        Close(a.triu().matmul(linalg.solve_triangular(a, b, true)), b, Rounding);
        Close((a.tril(-1) + Unit(5)).matmul(linalg.solve_triangular(a, b, false, true, true)), b, Rounding);
        Close(linalg.solve_triangular(a, b.mT, false, false).matmul(a.tril()), b.mT, Rounding);
    }

    [Test]
    public void Inverses_and_determinants()
    {
        var a = Regular;
        Close(a.matmul(linalg.inv(a)), Unit(5).expand(2, 5, 5), Rounding);
        Close(a[0].inverse(), linalg.inv(a)[0], Rounding);
        Close(linalg.det(from_array(new double[,] { { 2, 3 }, { 1, 4 } })), [5]);
        var (sign, log) = linalg.slogdet(-a);
        Close(sign * log.exp(), -a.det(), 1e-8);
    }

    [Test]
    public void Matrix_norms()
    {
        var a = Normal(4, 3);
        var squares = Doubles(a).Sum(x => x * x);
        Close(linalg.norm(a), [Math.Sqrt(squares)], Rounding);
        Close(linalg.norm(a, "fro"), [Math.Sqrt(squares)], Rounding);
        Close(linalg.norm(a, "nuc"), linalg.svdvals(a).sum(), Rounding);
    }
}
