using System.Collections;
using System.Runtime.InteropServices;

namespace Dfx.Torch.Utils;

/// <summary>The elements of a CPU tensor as managed values, in row-major order whatever the tensor's strides.</summary>
/// <typeparam name="T">The managed type of the dtype: float for float32, long for int64, byte for uint8, …</typeparam>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor _tensor;

    internal TensorAccessor(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
        {
            throw new InvalidOperationException($"Elements can be read on the CPU; the tensor is on {tensor.device}: call cpu() first.");
        }

        if (ElementTypes.Of(typeof(T)) != tensor.dtype)
        {
            throw new ArgumentException($"A tensor of {tensor.dtype} cannot be read as {typeof(T).Name}.");
        }

        _tensor = tensor;
    }

    /// <summary>How many elements there are.</summary>
    public long Count => _tensor.NumberOfElements;

    /// <summary>The element at a place; assigning writes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public unsafe T this[params long[] indices]
    {
        get
        {
            var value = *At(indices);
            GC.KeepAlive(_tensor);
            return value;
        }

        set
        {
            *At(indices) = value;
            GC.KeepAlive(_tensor);
        }
    }

    /// <summary>Copies all elements into a new array: one copy for a contiguous tensor.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on into the array from <paramref name="arrayIndex"/> on.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyTo(T[], int, long)"/>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        using var flat = Contiguous();
        Elements(flat)[(int)tensorIndex..].CopyTo(array[arrayIndex..]);
    }

    /// <summary>Copies from the array into the elements from <paramref name="tensorIndex"/> on; the tensor must be contiguous.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyFrom(T[], int, long)"/>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        array[arrayIndex..].CopyTo(Elements(_tensor)[(int)tensorIndex..]);
        GC.KeepAlive(_tensor);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Does nothing: the accessor owns no memory.</summary>
    public void Dispose()
    {
        // The tensor belongs to its own holder.
    }

    private static Span<T> Elements(Tensor tensor) => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private Tensor Contiguous()
    {
        using var outside = torch.no_grad();
        return _tensor.contiguous();
    }

    private unsafe T* At(long[] indices)
    {
        var (shape, stride) = (_tensor.shape, _tensor.stride());
        if (indices.Length != shape.Length)
        {
            throw new ArgumentException($"{indices.Length} indices for a tensor of {shape.Length} dimensions.", nameof(indices));
        }

        var offset = 0L;
        for (var d = 0; d < shape.Length; d++)
        {
            var i = indices[d] < 0 ? indices[d] + shape[d] : indices[d];
            offset += i >= 0 && i < shape[d] ? i * stride[d] : throw new ArgumentOutOfRangeException(nameof(indices), $"Index {indices[d]} of a dimension of extent {shape[d]}.");
        }

        return (T*)_tensor.DataPointer() + offset;
    }
}
