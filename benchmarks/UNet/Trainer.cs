using System.Diagnostics;

namespace Dfx.Benchmarks.UNet;

/// <summary>Our side of the comparison: a training step and a forward pass of the small U-Net, 128 images of 28×28.</summary>
internal sealed class Trainer : IDisposable
{
    private const int Batch = 128;
    private readonly torch.optim.Optimizer _optimizer;

    internal Trainer(long seed)
    {
        torch.manual_seed(seed);
        Net = new SmallUNet();
        X = torch.randn(Batch, 1, 28, 28);
        Level = torch.randn(Batch);
        _optimizer = torch.optim.Adam(Net.parameters(), 1e-4);
    }

    internal SmallUNet Net { get; }

    internal torch.Tensor X { get; }

    internal torch.Tensor Level { get; }

    internal void Forward()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        Net.call(X, Level);
    }

    internal void Step()
    {
        using var scope = torch.NewDisposeScope();
        _optimizer.zero_grad();
        torch.nn.functional.mse_loss(Net.call(X, Level), X).backward();
        _optimizer.step();
    }

    /// <summary>Seconds of each of several calls.</summary>
    internal static double[] Measure(Action call, int times)
    {
        var seconds = new double[times];
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            call();
            seconds[i] = watch.Elapsed.TotalSeconds;
        }

        return seconds;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        Net.Dispose();
        X.Dispose();
        Level.Dispose();
    }
}
