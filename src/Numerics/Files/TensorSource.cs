using System.Collections.Immutable;

namespace Dfx.Numerics.Files;

/// <summary>A tensor on its way into a file. Copies to the CPU are made one tensor at a time, when its turn to be written comes.</summary>
internal sealed class TensorSource : IArraySource
{
    private readonly torch.Tensor _tensor;
    private readonly torch.ScalarType _type;

    /// <param name="name">The tensor's name, for errors.</param>
    /// <param name="tensor">Any device, strides and gradient state; not changed or disposed.</param>
    /// <param name="type">The element type to store, which may differ from the tensor's.</param>
    /// <exception cref="ArgumentException">Files have no such element type.</exception>
    public TensorSource(string name, torch.Tensor tensor, torch.ScalarType type)
    {
        var stored = TorchTypes.ToStored(type)
            ?? throw new ArgumentException(
                $"tensor {FilePlace.Quote(name)} is {type}, which files cannot hold; convert it first", nameof(tensor));
        (_tensor, _type, Layout) = (tensor, type, new(stored, ImmutableArray.Create(tensor.shape)));
    }

    public ArrayLayout Layout { get; }

    /// <summary>Sources for safetensors files, which have every tensor's own type.</summary>
    public static IEnumerable<KeyValuePair<string, IArraySource>> Exact(IEnumerable<KeyValuePair<string, torch.Tensor>> tensors) =>
        from pair in tensors
        select KeyValuePair.Create<string, IArraySource>(pair.Key, new TensorSource(pair.Key, pair.Value, pair.Value.dtype));

    /// <summary>A source for npy files, which have no bfloat16: it becomes float32, which holds every bfloat16 exactly.</summary>
    public static IArraySource ForNumpy(string name, torch.Tensor tensor) =>
        new TensorSource(name, tensor, tensor.dtype == torch.ScalarType.BFloat16 ? torch.ScalarType.Float32 : tensor.dtype);

    public void WriteTo(Stream stream)
    {
        // The detached alias keeps the using declarations away from the caller's own object.
        using var detached = _tensor.detach();
        using var local = detached.cpu();
        using var typed = local.to_type(_type);
        using var dense = typed.contiguous();
        TensorBytes.Visit(dense, Layout, (part, output) => output.Write(part), stream);
    }
}
