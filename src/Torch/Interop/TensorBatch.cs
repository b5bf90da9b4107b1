namespace Dfx.Torch.Interop;

/// <summary>Tensors made for one native call on all of them: their handles, and their end with the batch.</summary>
internal sealed class TensorBatch : IDisposable
{
    private readonly Tensor[] _tensors;

    internal TensorBatch(IEnumerable<Tensor> tensors)
    {
        _tensors = [.. tensors];
        Handles = Interop.Handles.Of(_tensors);
    }

    internal nint[] Handles { get; }

    internal int Count => _tensors.Length;

    public void Dispose()
    {
        foreach (var tensor in _tensors)
        {
            tensor.Dispose();
        }
    }
}
