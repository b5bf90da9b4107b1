namespace Dfx.Numerics;

/// <summary>Which tensor library this build runs on.</summary>
public static class TensorLibraryInfo
{
    /// <summary>TorchSharp and its version.</summary>
    public static string Name => $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}";
}
