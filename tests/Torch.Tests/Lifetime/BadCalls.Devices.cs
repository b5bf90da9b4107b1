namespace Dfx.Torch.Tests.Lifetime;

internal static partial class BadCalls
{
    /// <summary>Calls about devices.</summary>
    internal static IEnumerable<(string Name, Action Call)> Devices =>
    [
        ("cuda", () => torch.zeros(2, device: Absent)),
        ("cuda by name", () => torch.zeros(2, device: "cuda:100")),
        ("to cuda", () => V.cuda(Absent)),
        ("to a cuda device", () => V.to(Absent)),
        ("module to cuda", () => torch.nn.Linear(1, 1).to(Absent)),
        ("cuda generator", () => _ = new torch.Generator(1, Absent)),
        ("cuda draws", () => torch.randn([2], device: Absent)),
        ("synchronise cuda", () => torch.cuda.synchronize(Absent)),
        ("cuda data", () => torch.tensor([1f], device: Absent)),
        ("no such device", () => _ = torch.device("gpu")),
        ("no device", () => _ = torch.device("")),
        ("no number", () => _ = torch.device("cuda:x")),
        ("negative number", () => _ = torch.device("cuda:-1")),
        ("null name", () => _ = torch.device(null!)),
        ("no such kind", () => torch.zeros(2, device: new torch.Device((DeviceType)88))),
        ("unknown kind of device", () => torch.zeros(2, device: new torch.Device((DeviceType)12, 0))),
        ("elements without storage", () => torch.zeros(2, device: "meta").data<float>()),
        ("number without storage", () => torch.zeros(1, device: "meta").item<float>()),
        ("bytes without storage", () => _ = torch.zeros(1, device: "meta").bytes.Length),
        ("out of no storage", () => torch.zeros(1, device: "meta").cpu()),
        ("across devices", () => V.matmul(torch.zeros(3, device: "meta"))),
        ("no threads", () => torch.set_num_threads(0)),
    ];
}
