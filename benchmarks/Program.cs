using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Dfx.Benchmarks;
using Dfx.Benchmarks.Edm;
using Dfx.Benchmarks.Stf;
using Dfx.Benchmarks.UNet;

// In process: what is measured is the code that was built, with the native library that lies beside it.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10)).WithOptions(ConfigOptions.JoinSummary);
var threads = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 2;

switch (args.FirstOrDefault() ?? "all")
{
    case "unet":
        UNetComparison.Run(threads);
        break;
    case "edm":
        EdmComparison.Run(threads, args.ElementAtOrDefault(2));
        break;
    case "stf":
        StfComparison.Run(threads);
        break;
    case "stf-step":
        torch.set_num_threads(threads);
        StfOverhead.Print();
        break;
    case "precision":
        PrecisionComparison.Run(threads);
        break;
    case "dispatch":
        BenchmarkRunner.Run<DispatchBenchmarks>(config);
        break;
    case "noise":
        BenchmarkRunner.Run<NoiseBenchmarks>(config);
        break;
    case "all":
        UNetComparison.Run(threads);
        PrecisionComparison.Run(threads);
        BenchmarkRunner.Run([typeof(DispatchBenchmarks), typeof(NoiseBenchmarks)], config);
        break;
    default:
        Console.Error.WriteLine("Usage: ./dfx bench [all|unet|edm|stf|stf-step|precision|dispatch|noise] [threads] [checkout of NVlabs/edm]");
        return 2;
}

return 0;
