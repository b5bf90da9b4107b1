using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Hostile;

/// <summary>What a sampler can leave behind in its process.</summary>
public enum Trace
{
    /// <summary>A thread that throws a while later.</summary>
    Thread,

    /// <summary>A timer that throws a while later.</summary>
    Timer,

    /// <summary>Another current directory.</summary>
    Directory,

    /// <summary>Another culture.</summary>
    Culture,

    /// <summary>Another type of new tensors.</summary>
    Dtype,

    /// <summary>Another value of a variable.</summary>
    Environment,

    /// <summary>More threads of libtorch.</summary>
    Threads,

    /// <summary>Another writer in place of the console's.</summary>
    Console,

    /// <summary>A process.</summary>
    Process,
}

/// <summary>What <see cref="LeavingSampler"/> takes.</summary>
public sealed record LeavingOptions([Description("What it leaves.")] Trace Leaves = Trace.Thread);

/// <summary>Takes Euler's steps, and leaves something behind that would reach the next job of the process.</summary>
[Sampler("test-leaves", "Leaves traces")]
public sealed class LeavingSampler(LeavingOptions options) : ISampler<IDenoiser>
{
    private static Timer? s_timer;

    public IReadOnlyList<double> Levels(IDenoiser model, int nfe) => [.. Enumerable.Range(0, nfe)
        .Select(i => model.Schedule.SigmaMax * Math.Pow(model.Schedule.SigmaMin / model.Schedule.SigmaMax, (double)i / nfe)), 0];

    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        var x = request.Start.clone();
        foreach (var (_, sigma, next) in request.Steps())
        {
            using var scope = torch.NewDisposeScope();
            var clean = model.Denoise(x, request.Fill(sigma));
            var state = (clean + ((x - clean) * (next / sigma))).MoveToOuterDisposeScope();
            x.Dispose();
            x = state;
        }

        Leave();
        return x;
    }

    private void Leave()
    {
        switch (options.Leaves)
        {
            case Trace.Thread:
                new Thread(Late).Start();
                break;
            case Trace.Timer:
                s_timer ??= new(_ => throw new InvalidOperationException("a late timer"), null, 900, Timeout.Infinite);
                break;
            case Trace.Directory:
                Directory.SetCurrentDirectory("/");
                break;
            case Trace.Culture:
                var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
                comma.NumberFormat.NumberDecimalSeparator = ",";
                CultureInfo.CurrentCulture = comma;
                break;
            case Trace.Dtype:
                torch.set_default_dtype(torch.float64);
                break;
            case Trace.Environment:
                Environment.SetEnvironmentVariable("DFX_DATA", "/nonexistent");
                break;
            case Trace.Threads:
                torch.set_num_threads(torch.get_num_threads() + 1);
                break;
            case Trace.Console:
                Console.SetOut(TextWriter.Null);
                break;
            default:
                Process.Start("sleep", "61303").Dispose();
                break;
        }
    }

    private static void Late()
    {
        Thread.Sleep(900);
        throw new InvalidOperationException("a late thread");
    }
}
