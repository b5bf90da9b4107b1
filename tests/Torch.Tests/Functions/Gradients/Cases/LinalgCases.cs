using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class LinalgCases
{
    internal static void AddTo(CaseTable t)
    {
        Products(t);
        Distances(t);
        Solved(t);
        Decomposed(t);
        Norms(t);
    }

    private static void Products(CaseTable t)
    {
        t.Of("matmul", Normal(2, 2, 3), Normal(3, 2), (x, y) => x.matmul(y), (x, y) => torch.matmul(x, y));
        t.Of("mm", Normal(2, 3), Normal(3, 2), (x, y) => x.mm(y), (x, y) => torch.mm(x, y));
        t.Of("bmm", Normal(2, 2, 3), Normal(2, 3, 2), (x, y) => x.bmm(y), (x, y) => torch.bmm(x, y));
        t.Of("mv", Normal(2, 3), Normal(3), (x, y) => x.mv(y));
        t.Of("dot", Normal(3), Normal(3), (x, y) => x.dot(y), (x, y) => torch.dot(x, y));
        t.Of("outer", Normal(3), Normal(2), (x, y) => x.outer(y), (x, y) => torch.outer(x, y));
        t.Of("kron", Normal(2, 2), Normal(2, 3), (x, y) => x.kron(y), (x, y) => torch.kron(x, y));
        t.Of("einsum", Normal(2, 3, 2), Normal(2, 2, 3), (x, y) => einsum("bij,bjk->bik", x, y), (x, y) => einsum("bij,kbi->jk", x, y));
        t.Of("addmm", Normal(2, 2), Normal(2, 3), Normal(3, 2),
            (x, y, z) => x.addmm(y, z, 0.5f, 2f), (x, y, z) => torch.addmm(x, y, z, 1f, 0.25f));
        t.Of("baddbmm", Normal(2, 2, 2), Normal(2, 2, 3), Normal(2, 3, 2),
            (x, y, z) => x.baddbmm(y, z, 0.5f, 2f), (x, y, z) => torch.baddbmm(x, y, z));
        t.Of("trace", Normal(3, 3), x => x.trace());
    }

    private static void Distances(CaseTable t)
    {
        t.Of("cdist: Euclidean", Normal(3, 2), Normal(4, 2),
            (x, y) => cdist(x, y), (x, y) => cdist(x, y, 2, compute_mode.use_mm_for_euclid_dist),
            (x, y) => cdist(x, y, 2, compute_mode.donot_use_mm_for_euclid_dist));
        t.Of("cdist: batches", Normal(2, 3, 2), Normal(2, 2, 2), (x, y) => cdist(x, y));
        t.Of("cdist: many rows, by a matrix product", Normal(27, 2), Normal(2, 2), (x, y) => cdist(x, y));
        t.Of("cdist: other norms", Distinct(3, 2), Distinct(0.12, 4, 2),
            (x, y) => cdist(x, y, 1), (x, y) => cdist(x, y, 3), (x, y) => cdist(x, y, double.PositiveInfinity));
    }

    private static void Solved(CaseTable t)
    {
        t.Of("inv", Regular(2, 3, 3), x => linalg.inv(x));
        t.Of("inverse", Regular(3, 3), x => x.inverse());
        t.Of("det", Regular(2, 3, 3), x => linalg.det(x), x => x.det());
        t.Of("slogdet", Regular(2, 3, 3), x => linalg.slogdet(x).Item2);
        t.Of("solve", Regular(3, 3), Normal(3, 2), (a, b) => linalg.solve(a, b), (a, b) => linalg.solve(a, b.mT, false));
        t.Of("solve: a vector", Regular(3, 3), Normal(3), (a, b) => linalg.solve(a, b));
        t.Of("solve_triangular", Regular(3, 3), Normal(3, 2),
            (a, b) => linalg.solve_triangular(a, b, true), (a, b) => linalg.solve_triangular(a, b, false),
            (a, b) => linalg.solve_triangular(a, b.mT, true, false),
            (a, b) => linalg.solve_triangular(a, b, false, true, true));
    }

    // Eigenvectors and singular vectors are known up to their sign, so their squares are checked.
    private static void Decomposed(CaseTable t)
    {
        t.Of("cholesky", Normal(2, 3, 3), x => linalg.cholesky(PositiveDefinite(x)));
        t.Of("eigvalsh", Normal(2, 3, 3), x => linalg.eigvalsh(Symmetric(x)), x => linalg.eigvalsh(Symmetric(x), 'U'));
        t.Of("eigh: values", Normal(2, 3, 3), x => linalg.eigh(Symmetric(x)).Item1);
        t.Of("eigh: vectors", Normal(3, 3),
            x => linalg.eigh(Symmetric(x)).Item2.square(), x => linalg.eigh(Symmetric(x), 'U').Item2.square());
        t.Of("svdvals", Normal(2, 4, 3), x => linalg.svdvals(x));
        t.Of("svd: values", Normal(4, 3), x => linalg.svd(x, false).S);
        t.Of("svd: vectors", Normal(4, 3), x => linalg.svd(x, false).U.square(), x => linalg.svd(x, false).Vh.square());
        t.Of("svd: full and square", Normal(3, 3), x => linalg.svd(x).U.square());
        t.Of("qr", Normal(4, 3), x => Together(linalg.qr(x)));
        t.Of("qr: complete and square", Normal(3, 3), x => Together(linalg.qr(x, linalg.QRMode.Complete)));
    }

    private static void Norms(CaseTable t)
    {
        t.Of("vector_norm", AwayFromZero(2, 3),
            x => linalg.vector_norm(x), x => linalg.vector_norm(x, 1, [1]), x => linalg.vector_norm(x, 3, [0], true));
        t.Of("vector_norm: largest", Distinct(0.1, 2, 3), x => linalg.vector_norm(x, double.PositiveInfinity));
        t.Of("norm", Normal(2, 3),
            x => linalg.norm(x), x => linalg.norm(x, [1], true), x => linalg.norm(x, "fro"), x => linalg.norm(x, "nuc"));
        t.Of("norm: batches", Normal(2, 2, 3), x => linalg.norm(x, "nuc", [1, 2]));
    }
}
