using System.Globalization;
using Dfx.Benchmarks.UNet;
using Dfx.Harness.Execution.Worker;
using Dfx.Numerics.Files;
using Dfx.SoftDiffusion;

namespace Dfx.Benchmarks.Soft;

/// <summary>
/// Soft Diffusion's own work: the blur beside the convolution that defines it in eager PyTorch, the schedule of a dataset, and what the objective adds to a
/// training step.
/// </summary>
/// <remarks>With one thread on the CPU the times are processor times, which other work on the machine disturbs less; otherwise they are wall times.</remarks>
internal static class SoftComparison
{
    /// <summary>How many times faster than the convolution the blur is to be.</summary>
    private const double LeastRatio = 1000;

    // The strongest blur of the published CelebA runs.
    private const double Std = 23;
    private const int HalfWidth = 80;
    private const int Side = 64;
    private const int Calls = 20;

    internal static void Run(int threads, torch.Device device)
    {
        torch.set_num_threads(threads);
        Blur(threads, device);
        ScheduleTime.Print(device);
        SoftOverhead.Print(device);
    }

    private static void Blur(int threads, torch.Device device)
    {
        torch.manual_seed(1);
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var (blur, images) = (new GaussianBlur(Side, Side, HalfWidth, Std), torch.rand(128, 3, Side, Side).to(device));
        var levels = torch.full([128], Std, torch.float64, device);
        var blurred = blur.Apply(images, levels);
        List<double> ours = [.. Comparison.Measure(Once, Calls)];
        using var theirs = Start(threads, device, images, blurred);
        if (theirs is null)
        {
            Console.WriteLine("Eager PyTorch is not installed (python3-torch): nothing to compare the blur with.");
            return;
        }

        // It takes most of a minute on the CPU: once.
        List<double> other = [theirs.Check.GetProperty("seconds").GetDouble()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"PyTorch {theirs.Version}, {threads} thread(s), {device}: 128x3x64x64 at std {Std}, kernel 161x161; outputs differ by at most {theirs.Error:E1}; limit of the ratio {LeastRatio:F0}"));
        Console.WriteLine(Comparison.Line("blur", "eager PyTorch", other, $"ours (n = {Calls})", ours));

        void Once()
        {
            blur.Apply(images, levels).Dispose();
            SampleJob.Wait(device);
        }
    }

    private static EagerPython? Start(int threads, torch.Device device, torch.Tensor images, torch.Tensor blurred)
    {
        var file = Path.Combine(Path.GetTempPath(), $"dfx-soft-{Environment.ProcessId}.safetensors");
        Safetensors.Save(file, new Dictionary<string, torch.Tensor> { ["images"] = images.cpu(), ["blurred"] = blurred.cpu() });
        var process = EagerPython.Start(Path.Combine("Soft", "eager_soft.py"), Text(threads), file, Text(Std), Text(HalfWidth), device.type == DeviceType.CUDA ? "cuda" : "cpu");
        File.Delete(file);
        return process;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
