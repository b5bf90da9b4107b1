namespace Dfx.Numerics;

/// <summary>Which tensor library this build runs on.</summary>
public static class TensorLibraryInfo
{
    /// <summary>TorchSharp and its version.</summary>
    public static string Name => $"TorchSharp {typeof(torch).Assembly.GetName().Version}";

    /// <summary>The libtorch that TorchSharp was made for.</summary>
    public static string Configuration => $"libtorch {torch.__version__}";

    /// <summary>Whether convolutions go through oneDNN (MKL-DNN): the libtorch that TorchSharp packages has it.</summary>
    public static bool HasOneDnn => true;
}
