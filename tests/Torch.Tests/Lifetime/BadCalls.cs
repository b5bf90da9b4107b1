namespace Dfx.Torch.Tests.Lifetime;

/// <summary>Calls that cannot work, by topic. None of them may end the process; each must throw.</summary>
internal static partial class BadCalls
{
    internal static IEnumerable<(string Name, Action Call)> All =>
        [.. Factories, .. Devices, .. Shapes, .. Indices, .. Arithmetic, .. Reductions, .. Draws, .. Networks, .. Training];

    private static torch.Tensor V => torch.ones(3);

    private static torch.Tensor M => torch.ones(2, 3);

    private static torch.Tensor Image => torch.ones(1, 2, 4, 4);

    // No machine has so many.
    private static torch.Device Absent => torch.device("cuda:99");

    private static torch.Tensor Whole => torch.arange(6);
}
