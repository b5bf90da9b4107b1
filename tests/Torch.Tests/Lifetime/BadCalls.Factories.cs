namespace Dfx.Torch.Tests.Lifetime;

internal static partial class BadCalls
{
    /// <summary>Calls about new tensors.</summary>
    internal static IEnumerable<(string Name, Action Call)> Factories =>
    [
        ("negative extent", () => torch.zeros(-1)),
        ("negative extents", () => torch.ones(2, -3)),
        ("negative empty", () => torch.empty(-2, 2)),
        ("more than all memory", () => torch.empty(1L << 60)),
        ("overflowing extent", () => torch.empty(1L << 40, 1L << 40)),
        ("memory of a machine that is not", () => torch.zeros(1L << 50)),
        ("no such dtype", () => torch.zeros(2, (torch.ScalarType)77)),
        ("step of zero", () => torch.arange(0, 5, step: 0)),
        ("step away from the end", () => torch.arange(0, 5, -1)),
        ("infinite range", () => torch.arange(0, double.PositiveInfinity)),
        ("range of NaN", () => torch.arange(0, double.NaN)),
        ("negative steps", () => torch.linspace(0, 1, -1)),
        ("negative log steps", () => torch.logspace(0, 1, -1)),
        ("negative identity", () => torch.eye(-1)),
        ("shape and elements differ", () => torch.tensor([1f, 2, 3], [2, 2])),
        ("negative shape", () => torch.tensor([1f, 2], [-1, 2])),
        ("no dtype for decimals", () => torch.from_array(new decimal[2])),
        ("null elements", () => torch.tensor((float[])null!)),
        ("null array", () => torch.from_array(null!)),
        ("null shape", () => torch.full((long[])[-1], 1)),
        ("named dimensions", () => torch.zeros(2, names: ["a"])),
        ("null to be liked", () => torch.zeros_like(null!)),
        ("gradient of integers", () => torch.zeros(2, torch.int64, requires_grad: true)),
        ("null value", () => torch.full(2, null!)),
        ("complex of integers", () => torch.complex(Whole, Whole)),
        ("polar of mixed", () => torch.polar(V, V.@double())),
    ];
}
