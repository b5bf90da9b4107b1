namespace Dfx.Torch.Tests.Lifetime;

internal static partial class BadCalls
{
    /// <summary>Calls about random draws.</summary>
    internal static IEnumerable<(string Name, Action Call)> Draws =>
    [
        ("negative deviation", () => torch.normal(0, -1, [2])),
        ("normal integers", () => Whole.normal_()),
        ("uniform backwards", () => V.uniform_(1, 0)),
        ("empty range", () => torch.randint(5, 5, [2])),
        ("range backwards", () => torch.randint(5, 2, [2])),
        ("null size", () => torch.randint(5, null!)),
        ("negative permutation", () => torch.randperm(-1)),
        ("permutation in too few bits", () => torch.randperm(1000, torch.uint8)),
        ("probability above one", () => torch.bernoulli(torch.full(2, 1.5))),
        ("bernoulli of null", () => torch.bernoulli(null!)),
        ("draw too many", () => torch.ones(3).multinomial(5)),
        ("draw from negatives", () => V.neg().multinomial(1)),
        ("draw from nothing", () => torch.zeros(3).multinomial(1)),
        ("draw none", () => V.multinomial(0)),
        ("integer noise", () => torch.randn([2], torch.int64)),
        ("negative size of draws", () => torch.rand([-2])),
        ("state of null", () => torch.Generator.Default.set_state(null!)),
        ("state of real numbers", () => torch.Generator.Default.set_state(V)),
        ("state too short", () => torch.Generator.Default.set_state(torch.zeros(8, torch.uint8))),
    ];
}
