using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

/// <summary>Functions that choose by order: the gradient goes to the elements chosen.</summary>
internal static class OrderCases
{
    internal static void AddTo(CaseTable t)
    {
        Extremes(t);
        t.Of("median", Distinct(3, 5), x => x.median());
        t.Of("quantile", Distinct(3, 4), x => torch.quantile(x, tensor([0.15, 0.5, 0.9])), x => torch.quantile(x, tensor(0.4), 0, true));
        t.Of("sort", Distinct(3, 4), x => x.sort().Values, x => torch.sort(x, 0, true, true).values);
        t.Of("topk", Distinct(3, 4), x => x.topk(2).values, x => torch.topk(x, 2, 0, false).values);
    }

    private static void Extremes(CaseTable t)
    {
        t.Of("max", Distinct(3, 4), x => x.max(), x => torch.max(x), x => x.max(1).values, x => torch.max(x, 0, true).values);
        t.Of("min", Distinct(3, 4), x => x.min(), x => torch.min(x), x => x.min(1).values, x => torch.min(x, 0, true).values);
        t.Of("amax", Distinct(2, 3, 4), x => x.amax(0, 2), x => x.amax([1], true), x => torch.amax(x, [0, 1]));
        t.Of("amin", Distinct(2, 3, 4), x => x.amin(0, 2), x => x.amin([1], true), x => torch.amin(x, [0, 1]));
        t.Of("amax: ties share the gradient", Distinct(3), x => torch.amax(cat([x, x]) * 2, [0]));
    }
}
