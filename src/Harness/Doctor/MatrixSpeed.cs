using System.Diagnostics;

namespace Dfx.Harness.Doctor;

/// <summary>How fast matrix products are: a libtorch with a reference BLAS is some thirty times slower than one with MKL or OpenBLAS.</summary>
internal static class MatrixSpeed
{
    private const int Size = 512;

    // The reference BLAS reaches about 5 GFLOP/s on one core; any tuned one a multiple of it.
    private const double Slow = 12e9;

    internal static Finding Measure()
    {
        var speed = Speed();
        var text = $"{speed / 1e9:F0} GFLOP/s in a product of {Size}² matrices";
        return speed < Slow
            ? new(State.Warning, "matrix products", text + ": this libtorch has a slow BLAS, or the machine is busy", "use TorchSharp's package or PyTorch's own libtorch")
            : new(State.Ok, "matrix products", text);
    }

    // The best of a few: the first one starts threads.
    private static double Speed()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.ones(Size, Size);
        return 2.0 * Size * Size * Size / Enumerable.Range(0, 4).Min(_ => Seconds(a));
    }

    private static double Seconds(torch.Tensor a)
    {
        var watch = Stopwatch.StartNew();
        using var product = torch.matmul(a, a);
        return watch.Elapsed.TotalSeconds;
    }
}
