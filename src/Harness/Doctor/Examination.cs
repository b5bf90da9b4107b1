using System.Runtime.InteropServices;
using Dfx.Data.FashionMnist;
using Dfx.Harness.Plugins;
using Dfx.Harness.Reporting.Html;
using Dfx.Numerics;
using Dfx.Sdk;

namespace Dfx.Harness.Doctor;

/// <summary>What the doctor looks at, in order. Nothing is looked up in the network.</summary>
internal static class Examination
{
    internal static IEnumerable<Finding> All()
    {
        yield return new(State.Ok, ".NET", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");
        yield return new(State.Ok, "processor", Processor.Describe());
        var library = TensorLibrary();
        yield return library;
        if (library.State == State.Missing)
        {
            yield break;
        }

        yield return MatrixSpeed.Measure();
        yield return Cuda();
        foreach (var device in Devices())
        {
            yield return Tested(device);
            yield return PrecisionTrial.Examine(device);
        }

        yield return Plugins();
        yield return FashionMnist();
        yield return Page();
    }

    private static Finding Plugins()
    {
        var assemblies = PluginCatalog.Discover().Assemblies;
        var unusable = assemblies.Where(a => a.State is PluginState.Broken or PluginState.Refused).Select(a => a.Name).ToList();
        var usable = string.Join(", ", assemblies.Where(a => a.Usable).Select(a => a.Name));
        return unusable.Count == 0
            ? new(State.Ok, "plugins", usable)
            : new(State.Warning, "plugins", $"{usable}; cannot be used: {string.Join(", ", unusable)}", "./dfx list plugins says why");
    }

    private static Finding FashionMnist()
    {
        try
        {
            var fingerprint = new FashionMnistDataset(new FashionMnistOptions()).Fingerprint(new(null, CacheFolder.Of("data")));
            return new(State.Ok, "fashion-mnist", $"present and unchanged ({fingerprint[..12]})");
        }
        catch (DataUnavailableException e)
        {
            return new(State.Warning, "fashion-mnist", e.Message, "apt-get install dataset-fashion-mnist");
        }
    }

    private static Finding Page() => WebFiles.Libraries(WebFiles.Folder).Count > 0
        ? new(State.Ok, "Vega-Lite", "report.html draws its figures itself")
        : new(State.Note, "Vega-Lite", "the build could not get it with npm: report.html shows figures as pictures", "apt-get install npm, then ./dfx doctor");

    private static Finding TensorLibrary()
    {
        try
        {
            Libtorch.Load();
            var text = $"libtorch {Libtorch.Version()} from {Libtorch.Folder()}; {Libtorch.Binding} was built for {Libtorch.Built}; {torch.get_num_threads()} thread(s) an operation";
            return new(State.Ok, "tensor library", text);
        }
        catch (Exception e) when (e is DllNotFoundException or ExternalException)
        {
            return new(State.Missing, "tensor library", NativeErrors.FirstLine(e.Message), $"./dfx doctor builds again; {Libtorch.Variable} names an installed libtorch");
        }
    }

    private static Finding Tested(torch.Device device)
    {
        try
        {
            return SelfTest.Of(device) is { } wrong
                ? new(State.Missing, $"self-test {device}", wrong, $"set {Libtorch.Variable} to another libtorch, or use another device")
                : new(State.Ok, $"self-test {device}", "convolution, GroupNorm, matrix product and their gradients are right");
        }
        catch (ExternalException e)
        {
            return new(State.Missing, $"self-test {device}", NativeErrors.FirstLine(e.Message), "a driver or a libtorch that fits this device");
        }
    }

    private static IEnumerable<torch.Device> Devices() =>
        [torch.CPU, .. Enumerable.Range(0, torch.cuda.is_available() ? torch.cuda.device_count() : 0).Select(i => new torch.Device(DeviceType.CUDA, i))];

    private static Finding Cuda()
    {
        if (!torch.cuda.is_available())
        {
            return new(State.Note, "CUDA", "no device that this libtorch can use: everything runs on the CPU", "for a GPU, set DFX_LIBTORCH to the folder torch/lib of a PyTorch with CUDA and run ./dfx doctor again");
        }

        var names = Enumerable.Range(0, torch.cuda.device_count()).Select(i => DeviceMemory.Name(new torch.Device(DeviceType.CUDA, i)) ?? $"cuda:{i}");
        return new(State.Ok, "CUDA", string.Join(", ", names));
    }
}
