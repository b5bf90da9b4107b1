using System.Globalization;
using Dfx.Diffusion.Tests;
using Dfx.Diffusion.Tests.Networks;
using Dfx.Harness.Checking;
using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;
using Dfx.Numerics;

namespace Dfx.Benchmarks.Devices;

/// <summary>
/// Networks and samplers on a device beside the CPU: the largest difference, relative to the largest number. Networks are the published ones, whose
/// outputs and gradients tests compare with the official code on the CPU; samplers run on a denoiser in closed form.
/// </summary>
internal static class DeviceAgreement
{
    private const double Tolerance = 1e-5;
    private const int Images = 4;

    /// <summary>Prints a line for each; float32 beyond 1e-5 is marked.</summary>
    internal static void Run(string device)
    {
        Libtorch.Load();
        var there = torch.device(device);
        Console.WriteLine($"{Libtorch.Binding}, libtorch {Libtorch.Version()}; {device}, {DeviceMemory.Name(there) ?? "cpu"}; relative to the CPU in float32");
        foreach (var network in PublishedNetwork.All)
        {
            Network(network, there);
        }

        var loader = new PluginLoader();
        foreach (var type in PluginCatalog.Discover().Of(PluginKind.Sampler))
        {
            foreach (var kind in type.Models)
            {
                Sampler(() => loader.Create(type, type.ResolveOptions(new Dictionary<string, string>())), $"sampler {type.Id} on a {kind}", kind, there);
            }
        }
    }

    private static void Network(PublishedNetwork published, torch.Device there)
    {
        using var scope = torch.NewDisposeScope();
        using var golden = new GoldenFile(published.File);
        var exact = Outputs(published, golden, torch.CPU, Precision.Float32);
        foreach (var precision in there.type == DeviceType.CUDA ? (Precision[])[Precision.Float32, Precision.Tf32, Precision.Bfloat16] : [Precision.Float32, Precision.Bfloat16])
        {
            using var rounding = Tf32.Region(precision == Precision.Tf32);
            var (output, gradient) = Outputs(published, golden, there, precision);
            Line($"network {published.Name}, {precision.ToString().ToLowerInvariant()}", precision == Precision.Float32, Distance(output, exact.Output), Distance(gradient, exact.Gradient));
        }
    }

    private static (torch.Tensor Output, torch.Tensor Gradient) Outputs(PublishedNetwork published, GoldenFile golden, torch.Device device, Precision precision)
    {
        using var network = published.Load(golden, precision);
        network.to(device);
        var (x, labels) = (golden[$"{published.Name}/x"].to(device), golden[$"{published.Name}/noise_labels"].to(device));
        var inputs = published.Inputs(golden) is { } told ? told with { Labels = told.Labels?.to(device), Augmentation = told.Augmentation?.to(device) } : null;
        var output = network.call(x, labels, inputs);
        output.square().mean().backward();
        return (output.detach().cpu(), torch.cat([.. network.parameters().Where(p => p.grad is not null).Select(p => p.grad!.flatten().cpu())]));
    }

    private static void Sampler(Func<object> make, string what, ModelKind kind, torch.Device there)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            var here = new SamplerTrial(make, kind);
            var (exact, made) = (here.Run(here.Budgets[^1], Images), new SamplerTrial(make, kind, there).Run(here.Budgets[^1], Images));
            Line($"{what}, nfe {here.Budgets[^1]}", true, Distance(made.Images.cpu(), exact.Images));
        }
        catch (Exception e) when (e is NothingToCheckException or NotApplicableException)
        {
            Console.WriteLine($"{what}: {e.Message}");
        }
    }

    private static double Distance(torch.Tensor made, torch.Tensor exact) =>
        ((made.to(torch.float64) - exact.to(torch.float64)).abs().max() / exact.abs().max().to(torch.float64)).ToDouble();

    private static void Line(string what, bool counts, params double[] distances) => Console.WriteLine(
        $"{what}: {string.Join(", gradient ", distances.Select(d => d.ToString("E1", CultureInfo.InvariantCulture)))}{(counts && distances.Any(d => !(d <= Tolerance)) ? "  BEYOND 1e-5" : "")}");
}
