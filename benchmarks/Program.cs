using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Dfx.Benchmarks;
using Dfx.Benchmarks.Cs;
using Dfx.Benchmarks.Devices;
using Dfx.Benchmarks.Edm;
using Dfx.Benchmarks.Emoji;
using Dfx.Benchmarks.Fid;
using Dfx.Benchmarks.Inception;
using Dfx.Benchmarks.Reporting;
using Dfx.Benchmarks.Residual;
using Dfx.Benchmarks.Running;
using Dfx.Benchmarks.Soft;
using Dfx.Benchmarks.Stf;
using Dfx.Benchmarks.Tasks;
using Dfx.Benchmarks.UNet;

// In process: what is measured is the code that was built, with the native library that lies beside it.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(10)).WithOptions(ConfigOptions.JoinSummary);
var threads = int.TryParse(args.ElementAtOrDefault(1), System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : 2;

switch (args.FirstOrDefault() ?? "all")
{
    case "unet":
        UNetComparison.Run(threads);
        break;
    case "edm":
        EdmComparison.Run(threads, args.ElementAtOrDefault(2));
        break;
    case "peak":
        PeakShare.Run(threads);
        break;
    case "inception":
        InceptionComparison.Run(threads);
        break;
    case "fid":
        FidComparison.Run(threads);
        break;
    case "emoji":
        EmojiComparison.Run(threads, args.ElementAtOrDefault(2));
        break;
    case "stf":
        StfComparison.Run(threads);
        break;
    case "stf-step":
        torch.set_num_threads(threads);
        StfOverhead.Print();
        break;
    case "soft":
        SoftComparison.Run(threads, torch.device(args.ElementAtOrDefault(2) ?? "cpu"));
        break;
    case "cs":
        CsOverhead.Run(threads, torch.device(args.ElementAtOrDefault(2) ?? "cpu"));
        break;
    case "residual":
        CorrectedSampling.Run(threads, torch.device(args.ElementAtOrDefault(2) ?? "cpu"));
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
    case "agree":
        DeviceAgreement.Run(args.ElementAtOrDefault(1) ?? "cpu");
        break;
    case "loop":
        return LoopBenchmark.Run(args[1..]);
    case "report":
        ReportBenchmark.Run(args.ElementAtOrDefault(1));
        break;
    case "run":
        RunOverhead.Run(
            int.TryParse(args.ElementAtOrDefault(1), System.Globalization.CultureInfo.InvariantCulture, out var cells) ? cells : 2000,
            double.TryParse(args.ElementAtOrDefault(2), System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : null);
        break;
    case "tasks":
        TaskPicture.Write(Path.GetFullPath(args.ElementAtOrDefault(1) ?? "docs/img/tasks.png"));
        break;
    case "all":
        UNetComparison.Run(threads);
        PrecisionComparison.Run(threads);
        BenchmarkRunner.Run([typeof(DispatchBenchmarks), typeof(NoiseBenchmarks)], config);
        break;
    default:
        Console.Error.WriteLine($"Usage: ./dfx bench [all|unet|edm|peak|precision|dispatch|noise|inception|fid|emoji|stf|stf-step|soft|cs|residual] [threads] [checkout of NVlabs/edm], or ./dfx bench soft [threads] cuda, or ./dfx bench cs [threads] cuda, or ./dfx bench residual [threads] cuda, or ./dfx bench tasks [PNG], or ./dfx bench report [FOLDER], or ./dfx bench run [CELLS] [SECONDS], or ./dfx bench agree [cuda], or {LoopBenchmark.Usage}");
        return 2;
}

return 0;
