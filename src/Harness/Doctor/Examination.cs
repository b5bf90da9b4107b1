using System.Runtime.InteropServices;
using Dfx.Numerics;

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
    }

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
