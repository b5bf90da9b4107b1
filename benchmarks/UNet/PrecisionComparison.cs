using Dfx.Benchmarks.Edm;

namespace Dfx.Benchmarks.UNet;

/// <summary>A training step of DDPM++ in bfloat16 beside the same in float32, in turn.</summary>
internal static class PrecisionComparison
{
    private const int Rounds = 8;
    private const int Calls = 5;

    internal static void Run(int threads)
    {
        torch.set_num_threads(threads);
        using var single = new EdmTrainer(Precision.Float32);
        using var mixed = new EdmTrainer(Precision.Bfloat16);
        Trainer.Measure(single.Step, Calls);
        Trainer.Measure(mixed.Step, Calls);
        var (a, b) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            a.AddRange(Trainer.Measure(mixed.Step, Calls));
            b.AddRange(Trainer.Measure(single.Step, Calls));
        }

        Console.WriteLine(Comparison.Line("step", "bfloat16", a, "float32", b));
        Convolution();
    }

    private static void Convolution()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var (x, w) = (torch.randn(128, 64, 28, 28), torch.randn(64, 64, 3, 3));
        var (xb, wb) = (x.bfloat16(), w.bfloat16());
        var (a, b) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds + 1; round++)
        {
            var low = Trainer.Measure(() => Convolve(xb, wb), Calls);
            var full = Trainer.Measure(() => Convolve(x, w), Calls);
            if (round > 0)
            {
                a.AddRange(low);
                b.AddRange(full);
            }
        }

        Console.WriteLine(Comparison.Line("conv 64", "bfloat16", a, "float32", b));
    }

    private static void Convolve(torch.Tensor x, torch.Tensor w)
    {
        using var y = torch.nn.functional.conv2d(x, w, padding: [1, 1]);
    }
}
