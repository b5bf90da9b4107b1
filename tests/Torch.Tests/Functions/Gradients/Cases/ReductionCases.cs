using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

internal static class ReductionCases
{
    internal static void AddTo(CaseTable t)
    {
        Sums(t);
        Products(t);
        Scans(t);
        Spreads(t);
        Norms(t);
        Everything(t);
    }

    // No named dimension means all of them; libtorch 1.13 forgets that in the derivatives of var.dim and std.dim.
    private static void Everything(CaseTable t)
    {
        t.Of("sum: no dimension named", Normal(2, 3), x => x.sum([]), x => x.sum([], true));
        t.Of("mean: no dimension named", Normal(2, 3), x => x.mean([]), x => x.mean([], true));
        t.Of("std: no dimension named", Normal(2, 3), x => x.std([]), x => x.std([], false, true));
        t.Of("var: no dimension named", Normal(2, 3), x => x.var([]), x => x.var([], false, true));
        t.Of("amax: no dimension named", Distinct(2, 3), x => x.amax(), x => x.amax([], true));
        t.Of("amin: no dimension named", Distinct(2, 3), x => x.amin(), x => x.amin([], true));
    }

    private static void Sums(CaseTable t)
    {
        t.Of("sum", Normal(2, 3),
            x => x.sum(), x => torch.sum(x), x => x.sum(1), x => torch.sum(x, 0, true), x => torch.sum(x, [0, 1], true),
            x => x.sum([-1], true));
        t.Of("sum", Normal(2, 3, 2, 2), x => x.sum(0, 2), x => x.sum(0L, 1L, -1L, true));
        t.Of("mean", Normal(2, 3), x => x.mean(), x => torch.mean(x), x => x.mean([0]), x => torch.mean(x, [0, 1], true));
    }

    private static void Products(CaseTable t)
    {
        t.Of("prod", AwayFromZero(2, 3), x => x.prod(), x => torch.prod(x), x => x.prod(1), x => torch.prod(x, 0, true));
        t.Of("prod cumprod: with a zero", _ => tensor([1.5, 0, -2]), x => x.prod(), x => x.cumprod(0));
    }

    private static void Scans(CaseTable t)
    {
        t.Of("cumsum", Normal(2, 3), x => x.cumsum(1), x => torch.cumsum(x, 0));
        t.Of("cumprod", AwayFromZero(2, 3), x => x.cumprod(1), x => torch.cumprod(x, 0));
        t.Of("logsumexp", Normal(2, 3), x => x.logsumexp(1), x => torch.logsumexp(x, 0, true));
        t.Of("softmax", Normal(2, 3), x => x.softmax(1), x => torch.softmax(x, 0), x => nn.functional.softmax(x, -1, float64));
        t.Of("log_softmax", Normal(2, 3), x => x.log_softmax(1), x => nn.functional.log_softmax(x, 0));
    }

    private static void Spreads(CaseTable t)
    {
        t.Of("std", Normal(2, 3),
            x => x.std(), x => torch.std(x, false), x => x.std(1, false), x => x.std([0, 1], true, true),
            x => torch.std(x, [1], false, true));
        t.Of("var", Normal(2, 3),
            x => x.var(), x => torch.var(x, false), x => x.var(1, false), x => x.var([0, 1], true, true),
            x => torch.var(x, [1], false, true));
        t.Of("std_mean", Normal(2, 3), x => Together(x.std_mean()), x => Together(x.std_mean([1], false)));
        t.Of("var_mean", Normal(2, 3), x => Together(x.var_mean()), x => Together(x.var_mean([1], false)));
    }

    private static void Norms(CaseTable t)
    {
        t.Of("norm", AwayFromZero(2, 3),
            x => x.norm(), x => torch.norm(x), x => x.norm(1f), x => torch.norm(x, 3f), x => x.norm(1, true), x => x.norm(0, false, 1f));
        t.Of("norm: largest", Distinct(0.1, 2, 3), x => x.norm(float.PositiveInfinity));
    }
}
