namespace Dfx.Torch.Tests.Lifetime;

internal static partial class BadCalls
{
    /// <summary>Calls about reductions.</summary>
    internal static IEnumerable<(string Name, Action Call)> Reductions =>
    [
        ("sum too far", () => M.sum(2)),
        ("sum twice", () => M.sum(0, 0)),
        ("mean of integers", () => Whole.mean()),
        ("mean too far", () => M.mean([4])),
        ("null mean", () => M.mean(null!)),
        ("largest of none", () => torch.zeros(0).max()),
        ("largest of none along", () => torch.zeros(0).max(0)),
        ("largest too far", () => M.max(3)),
        ("smallest of none", () => torch.zeros(0).min()),
        ("amax of none", () => torch.zeros(0).amax()),
        ("amin too far", () => M.amin(4)),
        ("argmax of none", () => torch.zeros(0).argmax()),
        ("argmin too far", () => M.argmin(4)),
        ("output to be given", () => M.amax([0], false, V)),
        ("deviation of integers", () => Whole.std()),
        ("variance too far", () => M.var(5)),
        ("logsumexp of too far", () => M.logsumexp(3)),
        ("running sum too far", () => M.cumsum(2)),
        ("running product too far", () => M.cumprod(2)),
        ("norm of integers", () => Whole.norm()),
        ("count too far", () => M.count_nonzero([3])),
        ("product too far", () => M.prod(2)),
        ("any too far", () => M.any(2)),
        ("sort too far", () => M.sort(2)),
        ("topk of too many", () => V.topk(4)),
        ("topk too far", () => V.topk(1, 3)),
        ("topk negative", () => V.topk(-1)),
        ("quantile beyond one", () => torch.quantile(V, torch.tensor([2f]), 0)),
        ("quantile of another dtype", () => torch.quantile(V, torch.tensor([0.5]), 0)),
        ("search for null", () => torch.searchsorted(V, (torch.Tensor)null!)),
        ("search in another shape", () => torch.searchsorted(M, torch.ones(3, 2))),
        ("count of negatives", () => torch.tensor([-1L]).bincount(null)),
        ("count of real numbers", () => V.bincount(null)),
        ("count by other weights", () => torch.tensor([1L, 2]).bincount(torch.ones(5))),
        ("unique along", () => V.unique(dim: 0)),
        ("softmax too far", () => V.softmax(4)),
        ("allclose of other shapes", () => V.allclose(torch.ones(2))),
        ("allclose of null", () => V.allclose(null!)),
        ("allclose of dtypes", () => V.allclose(V.@double())),
    ];
}
