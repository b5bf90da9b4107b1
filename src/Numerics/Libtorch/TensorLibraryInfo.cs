using System.Runtime.InteropServices;
using Dfx.Torch.Interop;

namespace Dfx.Numerics;

/// <summary>Which tensor library this build runs on.</summary>
public static class TensorLibraryInfo
{
    /// <summary>"libtorch 1.13.0": the library and its version, as it says itself.</summary>
    public static string Name => $"libtorch {Torch.Interop.Libtorch.VersionIn(Configuration) ?? "of unknown version"}";

    /// <summary>How libtorch was built, in its own words, many lines.</summary>
    public static string Configuration => Marshal.PtrToStringUTF8(Native.dfx_config()) ?? "";

    /// <summary>Whether convolutions go through oneDNN (MKL-DNN).</summary>
    public static bool HasOneDnn => Native.dfx_has_mkldnn() != 0;
}
