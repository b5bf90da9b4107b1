using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>Collects what a native call with several results, or with none, left behind.</summary>
internal static partial class NativeResults
{
    [LibraryImport(Libtorch.Name)]
    private static unsafe partial void dfx_results(nint* output);

    /// <summary>The tensors of a call that reported their number; null where libtorch gave no tensor.</summary>
    internal static unsafe torch.Tensor?[] Collect(long count)
    {
        if (count < 0)
        {
            throw NativeErrors.TakeOrUnknown("the native call");
        }

        var handles = new nint[count];
        fixed (nint* p = handles)
        {
            dfx_results(p);
        }

        return Array.ConvertAll(handles, h => h == 0 ? null : new torch.Tensor(h));
    }

    internal static torch.Tensor[] Many(long count) => Collect(count)!;

    internal static (torch.Tensor, torch.Tensor) Two(long count)
    {
        var r = Collect(count);
        return (r[0]!, r[1]!);
    }

    internal static (torch.Tensor, torch.Tensor, torch.Tensor) Three(long count)
    {
        var r = Collect(count);
        return (r[0]!, r[1]!, r[2]!);
    }

    /// <summary>Throws the recorded error when a native call reported one.</summary>
    internal static void Check(int status)
    {
        if (status < 0)
        {
            throw NativeErrors.TakeOrUnknown("the native call");
        }
    }
}
