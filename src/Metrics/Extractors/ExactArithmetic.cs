namespace Dfx.Metrics.Extractors;

/// <summary>Until disposed, CUDA computes float32 products in float32, not in TF32: that would move features by 1e-3.</summary>
internal sealed class ExactArithmetic : IDisposable
{
    private readonly bool _products = torch.backends.cuda.matmul.allow_tf32;
    private readonly bool _convolutions = torch.backends.cudnn.allow_tf32;

    public ExactArithmetic() => Set(false, false);

    public void Dispose() => Set(_products, _convolutions);

    private static void Set(bool products, bool convolutions)
    {
        torch.backends.cuda.matmul.allow_tf32 = products;
        torch.backends.cudnn.allow_tf32 = convolutions;
    }
}
