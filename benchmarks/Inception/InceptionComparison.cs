using System.Globalization;
using Dfx.Benchmarks.UNet;
using Dfx.Metrics.Extractors.Inception;
using Dfx.Numerics.Files;

namespace Dfx.Benchmarks.Inception;

/// <summary>Our Inception-v3 beside the same graph in eager PyTorch, with the same random weights, in one run: calls in turn.</summary>
/// <remarks>With one thread the times are processor times, with more they are wall times.</remarks>
internal static class InceptionComparison
{
    private const int Batch = 16;
    private const int Rounds = 7;

    internal static void Run(int threads)
    {
        torch.set_num_threads(threads);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        torch.manual_seed(1);
        var weights = InceptionPlan.Tensors.ToDictionary(tensor => tensor.Name, tensor => Random(tensor.Name, tensor.Shape));
        using var network = new InceptionNet(weights, torch.CPU);
        var images = torch.randint(0, 256, [Batch, 3, 32, 32]).to(torch.float32);
        var input = InceptionNet.Input(images);
        using var theirs = Start(weights, input, network.Features(input, InceptionExtractor.StandardLayer), threads);
        if (theirs is null)
        {
            Console.WriteLine("Eager PyTorch is not installed (python3-torch): nothing to compare with.");
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"PyTorch {theirs.Version}, {threads} thread(s), Inception-v3 of {theirs.Parameters} numbers, "
            + $"{Batch}x3x299x299; outputs differ by at most {theirs.Error:E1} of the largest"));
        Report(() => Forward(network, input), theirs);
    }

    private static void Report(Action call, EagerPython theirs)
    {
        var (ours, plain, last) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var (x, y, z) = (Comparison.Measure(call, 1), theirs.Measure("forward", 1), theirs.Measure("channels_last", 1));
            if (round > 0)
            {
                ours.AddRange(x);
                plain.AddRange(y);
                last.AddRange(z);
            }
        }

        Console.WriteLine(Comparison.Line("forward", "ours", ours, "eager PyTorch", plain));
        Console.WriteLine(Comparison.Line("forward", "ours", ours, "eager PyTorch, channels last", last));
    }

    private static void Forward(InceptionNet network, torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        network.Features(input, InceptionExtractor.StandardLayer);
    }

    private static EagerPython? Start(Dictionary<string, torch.Tensor> weights, torch.Tensor input, torch.Tensor output, int threads)
    {
        var file = Path.Combine(Path.GetTempPath(), $"dfx-inception-{Environment.ProcessId}.safetensors");
        Safetensors.Save(file, new Dictionary<string, torch.Tensor>(weights) { ["input"] = input, ["output"] = output });
        var process = EagerPython.Start(Path.Combine("Inception", "eager_inception.py"), threads.ToString(CultureInfo.InvariantCulture), file);
        File.Delete(file);
        return process;
    }

    // He et al.'s variance for the convolutions, so that activations keep their size; batch norms near the identity.
    private static torch.Tensor Random(string name, long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var fanIn = shape.Skip(1).Aggregate(1.0, (a, b) => a * b);
        var values = shape.Length > 1 ? torch.randn(shape) * Math.Sqrt(2 / fanIn)
            : name.EndsWith("bn.weight", StringComparison.Ordinal) || name.EndsWith("var", StringComparison.Ordinal) ? torch.rand(shape) + 0.5
            : torch.randn(shape) * 0.1;
        return values.MoveToOuterDisposeScope();
    }
}
