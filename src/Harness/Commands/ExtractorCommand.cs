using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Dfx.Data.FashionMnist;
using Dfx.Data.Packing;
using Dfx.Metrics.Extractors;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx extractor train</c>: makes the committed weights of a feature extractor again.</summary>
internal static class ExtractorCommand
{
    private const string OnlyOne = "fmnist-cnn";
    private const int Lines = 40;

    internal static Command Create()
    {
        var id = new Argument<string>("id") { Description = $"The extractor: {OnlyOne}." };
        var path = new Option<string>("--out") { Description = "The safetensors file to write.", Required = true };
        var data = new Option<string?>("--data") { Description = "A folder with Fashion-MNIST's four files; by default Debian's package." };
        var steps = new Option<int>("--steps") { Description = $"Optimizer steps of {FmnistTraining.Batch} images.", DefaultValueFactory = _ => 5400 };
        var seed = new Option<ulong>("--seed") { Description = "The seed of every random number.", DefaultValueFactory = _ => 0 };
        var threads = new Option<int>("--threads") { Description = "Threads; the last bits depend on them.", DefaultValueFactory = _ => 1 };
        id.AcceptOnlyFromAmong(OnlyOne);
        var train = new Command("train", $"Trains an extractor.\n\nExample: ./dfx extractor train {OnlyOne} --out {OnlyOne}.safetensors")
        {
            id, path, data, steps, seed, threads,
        };
        train.SetAction(parsed => Train(
            new(parsed.GetValue(path)!, parsed.GetValue(data), parsed.GetValue(steps), parsed.GetValue(seed), parsed.GetValue(threads)), Console.Out));
        return new("extractor", "Makes the networks whose features the metrics compare.") { train };
    }

    internal static int Train(Request request, TextWriter output)
    {
        torch.set_num_threads(request.Threads);
        try
        {
            using var scratch = Scratch.In(KeptFolders.Work(CacheFolder.Root()));
            using var data = new FashionMnistDataset(new()).Open(new(request.Data, scratch.Folder));
            var training = new FmnistTraining(data, request.Steps, request.Seed);
            using var network = training.Train(new Printer(output, Math.Max(1, request.Steps / Lines)));
            training.Balance(network);
            var accuracy = training.Accuracy(network).ToString("f4", CultureInfo.InvariantCulture);
            Safetensors.Save(request.Path, network.state_dict(), Facts(request, accuracy));
            output.WriteLine($"test accuracy {accuracy}; wrote {request.Path}");
            return 0;
        }
        catch (Exception error) when (error is DataUnavailableException or IOException or UnauthorizedAccessException)
        {
            output.WriteLine(error.Message);
            return 2;
        }
    }

    private static Dictionary<string, string> Facts(Request request, string accuracy) => new()
    {
        ["extractor"] = OnlyOne,
        ["test-accuracy"] = accuracy,
        ["command"] = string.Create(
            CultureInfo.InvariantCulture,
            $"dfx extractor train {OnlyOne} --steps {request.Steps} --seed {request.Seed} --threads {request.Threads}"),
    };

    internal sealed record Request(string Path, string? Data, int Steps, ulong Seed, int Threads);

    private sealed class Printer(TextWriter output, int every) : IProgressHost
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public void Report(long done, long total, string? note = null)
        {
            if (done % every == 0 || done == total)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {done}/{total}  {note}  {_watch.Elapsed.TotalSeconds:f0} s"));
            }
        }
    }
}
