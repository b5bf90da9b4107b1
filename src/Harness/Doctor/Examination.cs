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

        yield return OneDnn();
        yield return Blas.Examine();
        yield return Cuda();
        yield return Plugins();
        yield return FashionMnist();
        yield return Library("libpng", "libpng16.so.16", "grids of images can be written", "PNG images can be neither written nor read", "libpng16-16");
        yield return Library("libturbojpeg", "libturbojpeg.so.0", "JPEG images of datasets can be read", "JPEG images cannot be read", "libturbojpeg0");
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

    private static Finding Library(string subject, string file, string use, string loss, string package)
    {
        var found = NativeLibrary.TryLoad(file, out var handle);
        if (found)
        {
            NativeLibrary.Free(handle);
        }

        return found
            ? new(State.Ok, subject, use)
            : new(State.Missing, subject, $"{file} is missing: {loss}", $"apt-get install {package}");
    }

    private static Finding Page() => WebFiles.Libraries(WebFiles.Folder).Count > 0
        ? new(State.Ok, "Vega-Lite", "report.html draws its figures itself")
        : new(State.Note, "Vega-Lite", "the build could not get it with npm: report.html shows figures as pictures", "apt-get install npm, then ./dfx doctor");

    private static Finding TensorLibrary()
    {
        try
        {
            return new(State.Ok, "tensor library", $"{TensorLibraryInfo.Name}, {torch.get_num_threads()} thread(s) an operation");
        }
        catch (ExternalException e)
        {
            return new(State.Missing, "tensor library", e.Message);
        }
    }

    private static Finding OneDnn() => TensorLibraryInfo.HasOneDnn
        ? new(State.Ok, "oneDNN", "convolutions use it")
        : new(State.Warning, "oneDNN", "this libtorch was built without it: convolutions on the CPU are slow", "use Debian's libtorch-dev or an official build of libtorch");

    private static Finding Cuda()
    {
        if (!torch.cuda.is_available())
        {
            return new(State.Note, "CUDA", "no device that this libtorch can use: everything runs on the CPU", "for a GPU, set DFX_LIBTORCH to a CUDA build of libtorch and run ./dfx doctor again");
        }

        var names = Enumerable.Range(0, torch.cuda.device_count()).Select(i => DeviceMemory.Name(new torch.Device(DeviceType.CUDA, i)) ?? $"cuda:{i}");
        return new(State.Ok, "CUDA", string.Join(", ", names));
    }
}
