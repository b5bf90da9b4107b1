namespace Dfx.Torch.Tests.Lifetime;

internal static partial class BadCalls
{
    /// <summary>Calls about training.</summary>
    internal static IEnumerable<(string Name, Action Call)> Training =>
    [
        ("backward of no graph", () => V.sum().backward()),
        ("backward of many", () => V.with_requires_grad().exp().backward()),
        ("backward of null", () => torch.autograd.backward([null!])),
        ("backward of a null list", () => torch.autograd.backward(null!)),
        ("backward with too many weights", () => V.with_requires_grad().sum().backward([V, V])),
        ("backward to null", () => V.with_requires_grad().sum().backward(inputs: [null!])),
        ("grad of no graph", () => torch.autograd.grad([V.sum()], [V])),
        ("grad of nothing", () => torch.autograd.grad([], [V.with_requires_grad()])),
        ("grad to nothing", () => torch.autograd.grad([V.with_requires_grad().sum()], [])),
        ("grad to null", () => torch.autograd.grad([V.with_requires_grad().sum()], [null!])),
        ("gradient of another shape", () => V.with_requires_grad().grad = M),
        ("gradient of another dtype", () => V.with_requires_grad().grad = V.@double()),
        ("retain the gradient of no graph", () => V.retain_grad()),
        ("parameter of null", () => _ = new Parameter(null!)),
        ("parameter of integers", () => _ = new Parameter(Whole)),
        ("optimise nothing", () => torch.optim.AdamW([])),
        ("optimise null", () => torch.optim.SGD(null!, 0.1)),
        ("optimise a null parameter", () => torch.optim.SGD([null!], 0.1, 0.9)),
        ("clip null", () => torch.nn.utils.clip_grad_norm_(null!, 1)),
        ("clip a null parameter", () => torch.nn.utils.clip_grad_norm_([null!], 1)),
        ("vector of nothing", () => torch.nn.utils.parameters_to_vector([])),
        ("vector too short", () => torch.nn.utils.vector_to_parameters(V, [new(torch.ones(9))])),
        ("Adam's average of another shape", () => Step(s => s.exp_avg = torch.zeros(2))),
        ("Adam's second average of another shape", () => Step(s => s.exp_avg_sq = torch.zeros(2))),
        ("Adam's average of null", () => Step(s => s.exp_avg = null!)),
        ("Adam's average that ended", () => Step(s => s.exp_avg.Dispose())),
        ("Adam's largest average of null", () => Step(s => s.max_exp_avg_sq = null, second: true)),
        ("momentum of another shape", () => Momentum(torch.zeros(2))),
        ("momentum of another dtype", () => Momentum(torch.zeros(100, torch.int64))),
        ("load null", () => torch.nn.Linear(1, 1).load_state_dict(null!)),
        ("load null tensors", () => torch.nn.Linear(1, 1, false).load_state_dict(new() { ["weight"] = null! })),
        ("sequence of null", () => torch.nn.Sequential([null!])),
        ("list of null", () => torch.nn.ModuleList<Linear>(null!)),
        ("buffer of null", () => new Networks.Bag().With("b", null!, true)),
        ("module of null", () => new Networks.Bag().With("m", (torch.nn.Module)null!)),
    ];

    private static void Step(Action<Adam.State> spoil, bool second = false)
    {
        using var parameter = new Parameter(torch.zeros(100)) { grad = torch.ones(100) };
        using var other = new Parameter(torch.zeros(100)) { grad = torch.ones(100) };
        var optimizer = torch.optim.Adam([parameter, other], amsgrad: true);
        spoil((Adam.State)optimizer.state_dict().State[second ? 1 : 0]);
        optimizer.step();
    }

    private static void Momentum(torch.Tensor buffer)
    {
        using var parameter = new Parameter(torch.zeros(100)) { grad = torch.ones(100) };
        var optimizer = torch.optim.SGD([parameter], 0.1, 0.9);
        optimizer.step();
        ((SGD.State)optimizer.state_dict().State[0]).momentum_buffer = buffer;
        optimizer.step();
    }
}
