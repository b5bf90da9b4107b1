using System.Diagnostics;
using System.Globalization;

namespace Dfx.Benchmarks.Edm;

/// <summary>
/// Where a forward pass of DDPM++ goes, and what share of oneDNN's peak it reaches: the pass beside its convolutions and norms called one by
/// one on images of their sizes, and beside the fastest 3×3 convolution to be had.
/// </summary>
internal static class PeakShare
{
    private const int Batch = 64;
    private const int Rounds = 9;
    private static readonly int[] s_channels = [64, 128, 256];

    internal static void Run(int threads)
    {
        torch.set_num_threads(threads);
        foreach (var precision in new[] { Precision.Float32, Precision.Bfloat16 })
        {
            Report(precision);
        }
    }

    private static void Report(Precision precision)
    {
        using var trainer = new EdmTrainer(precision);
        using var outside = torch.no_grad();
        var dtype = precision == Precision.Bfloat16 ? torch.bfloat16 : torch.float32;
        var layers = NetworkLayers.Of(trainer.Network);
        var operations = 2.0 * Batch * trainer.Network.MultiplyAdds!.Value;
        var all = Median(trainer.Forward);
        var wide = layers.Where(l => l.IsWide).Sum(l => Convolution(l, dtype));
        var narrow = layers.Where(l => l.IsConvolution && !l.IsWide).Sum(l => Convolution(l, dtype));
        var norms = layers.Where(l => !l.IsConvolution).Sum(l => Norm(l, dtype));
        var peak = s_channels.Max(c => Speed(new("", [c, c, 3, 3], 32), dtype));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{precision}: {operations / 1e9:F1} GFLOP in {all * 1e3:F0} ms = {operations / all / 1e9:F0} GFLOP/s, {operations / all / peak:P0} of the {peak / 1e9:F0} GFLOP/s of the fastest 3x3 convolution"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  3x3 convolutions {wide / all:P0} at {layers.Where(l => l.IsWide).Sum(l => l.Operations(Batch)) / wide / 1e9:F0} GFLOP/s, 1x1 {narrow / all:P0}, norms with SiLU {norms / all:P0}, all else {(all - wide - narrow - norms) / all:P0}"));
    }

    private static double Speed(NetworkLayer convolution, torch.ScalarType dtype) => convolution.Operations(Batch) / Convolution(convolution, dtype);

    private static double Convolution(NetworkLayer layer, torch.ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        var (x, weight) = (Images(layer.Weight[1], layer.Side, dtype), torch.randn(layer.Weight).to(dtype));
        return Median(() => torch.nn.functional.conv2d(x, weight, padding: [layer.Weight[2] / 2, layer.Weight[2] / 2]));
    }

    // As the network does them.
    private static double Norm(NetworkLayer layer, torch.ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        var x = Images(layer.Weight[0], layer.Side, dtype);
        using var norm = new Dfx.Diffusion.NormLayer((int)layer.Weight[0], (int)Math.Min(32, layer.Weight[0] / 4), 1e-6);
        return Median(() => torch.nn.functional.silu(norm.call(x)));
    }

    private static torch.Tensor Images(long channels, long side, torch.ScalarType dtype) =>
        Dfx.Diffusion.ChannelsLast.Of(torch.randn(Batch, channels, side, side).to(dtype));

    private static double Median(Action call)
    {
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            using var scope = torch.NewDisposeScope();
            var start = Stopwatch.GetTimestamp();
            call();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return times.Skip(1).Order().ElementAt(Rounds / 2);
    }
}
