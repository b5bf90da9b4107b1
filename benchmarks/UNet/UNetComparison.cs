using System.Globalization;
using Dfx.Numerics;
using Dfx.Numerics.Files;

namespace Dfx.Benchmarks.UNet;

/// <summary>Our training step and forward pass beside those of eager PyTorch, in one run: blocks of calls in turn.</summary>
internal static class UNetComparison
{
    private const int Rounds = 8;
    private const int Calls = 5;

    internal static void Run(int threads)
    {
        torch.set_num_threads(threads);
        using var ours = new Trainer(1);
        var file = Path.Combine(Path.GetTempPath(), $"dfx-unet-{Environment.ProcessId}.safetensors");
        Save(ours, file);
        using var theirs = EagerPython.Start(Path.Combine("UNet", "eager_unet.py"), threads.ToString(CultureInfo.InvariantCulture), file);
        File.Delete(file);
        if (theirs is null)
        {
            Console.WriteLine("Eager PyTorch is not installed (python3-torch): nothing to compare with.");
            return;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Libtorch.Binding} from C#, PyTorch {theirs.Version} from Python, {threads} thread(s), float32, 128x1x28x28, {theirs.Parameters} parameters"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"same weights and inputs: outputs differ by at most {theirs.Error:E1}"));
        Report("forward", ours.Forward, theirs);
        Report("step", ours.Step, theirs);
    }

    private static void Report(string what, Action call, EagerPython theirs)
    {
        var (mine, other) = (new List<double>(), new List<double>());
        Trainer.Measure(call, Calls);
        theirs.Measure(what, Calls);
        for (var round = 0; round < Rounds; round++)
        {
            mine.AddRange(Trainer.Measure(call, Calls));
            other.AddRange(theirs.Measure(what, Calls));
        }

        Console.WriteLine(Comparison.Line(what, "ours", mine, "eager PyTorch", other));
    }

    private static void Save(Trainer trainer, string file)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var tensors = trainer.Net.state_dict();
        tensors["input.x"] = trainer.X;
        tensors["input.level"] = trainer.Level;
        tensors["output"] = trainer.Net.call(trainer.X, trainer.Level);
        Safetensors.Save(file, tensors);
    }
}
