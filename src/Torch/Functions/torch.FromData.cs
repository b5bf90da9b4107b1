namespace Dfx.Torch;

public static partial class torch
{
    private static unsafe Tensor FromSpan<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        var own = ElementTypes.Of(typeof(T));
        var (_, on, index) = Place(own, device);
        fixed (T* p = data)
        {
            var made = Native.dfx_from_memory(p, (long)data.Length * sizeof(T), shape, shape.Length, (int)own, on, index);
            var converted = dtype is null || dtype == own ? made : made.to(dtype.Value, disposeAfter: true);
            return converted.with_requires_grad(requires_grad);
        }
    }

    private static ReadOnlySpan<T> Elements<T>(IList<T> list) => list switch
    {
        T[] array => array,
        List<T> known => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(known),
        _ => list.ToArray(),
    };

    /// <summary>A tensor with the shape and elements of a managed array of any rank, copied once.</summary>
    /// <exception cref="ArgumentException">No dtype stores its elements.</exception>
    public static Tensor from_array(Array rawArray, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var shape = Enumerable.Range(0, rawArray.Rank).Select(rawArray.GetLongLength).ToArray();
        return rawArray.GetType().GetElementType() switch
        {
            var t when t == typeof(float) => FromArray<float>(rawArray, shape, device),
            var t when t == typeof(double) => FromArray<double>(rawArray, shape, device),
            var t when t == typeof(long) => FromArray<long>(rawArray, shape, device),
            var t when t == typeof(int) => FromArray<int>(rawArray, shape, device),
            var t when t == typeof(byte) => FromArray<byte>(rawArray, shape, device),
            var t when t == typeof(bool) => FromArray<bool>(rawArray, shape, device),
            var t => throw new ArgumentException($"No dtype stores elements of type {t}.", nameof(rawArray)),
        };
    }

    private static unsafe Tensor FromArray<T>(Array array, long[] shape, Device? device)
        where T : unmanaged
    {
        ref var first = ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array);
        fixed (byte* p = &first)
        {
            return FromSpan(new ReadOnlySpan<T>(p, array.Length), shape, null, device, false);
        }
    }

    /// <summary>A one-dimensional tensor of those elements, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<float>(rawArray, [rawArray.Length], dtype, device, requires_grad);
    }

    /// <summary>A tensor of that shape of those elements in row-major order, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<float>(rawArray, dimensions, dtype, device, requires_grad);
    }

    /// <inheritdoc cref="tensor(float[], ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad);
    }

    /// <summary>A one-dimensional tensor of those elements, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<double>(rawArray, [rawArray.Length], dtype, device, requires_grad);
    }

    /// <summary>A tensor of that shape of those elements in row-major order, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(
        double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<double>(rawArray, dimensions, dtype, device, requires_grad);
    }

    /// <inheritdoc cref="tensor(double[], ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad);
    }

    /// <summary>A one-dimensional tensor of those elements, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<long>(dataArray, [dataArray.Length], dtype, device, requires_grad);
    }

    /// <summary>A tensor of that shape of those elements in row-major order, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(
        long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<long>(dataArray, dimensions, dtype, device, requires_grad);
    }

    /// <inheritdoc cref="tensor(long[], ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad);
    }

    /// <summary>A one-dimensional tensor of those elements, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<int>(rawArray, [rawArray.Length], dtype, device, requires_grad);
    }

    /// <summary>A tensor of that shape of those elements in row-major order, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(
        int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<int>(rawArray, dimensions, dtype, device, requires_grad);
    }

    /// <inheritdoc cref="tensor(int[], ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad);
    }

    /// <summary>A one-dimensional tensor of those elements, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad);
    }

    /// <summary>A tensor of that shape of those elements in row-major order, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(
        byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<byte>(rawArray, dimensions, dtype, device, requires_grad);
    }

    /// <inheritdoc cref="tensor(byte[], ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad);
    }

    /// <summary>A one-dimensional tensor of those elements, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad);
    }

    /// <summary>A tensor of that shape of those elements in row-major order, copied once, converted if another dtype is given.</summary>
    public static Tensor tensor(
        bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan<bool>(rawArray, dimensions, dtype, device, requires_grad);
    }

    /// <inheritdoc cref="tensor(bool[], ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return FromSpan(Elements(rawArray), [rawArray.Count], dtype, device, requires_grad);
    }

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false)
    {
        var (type, on, index) = Place(float32, device);
        return Native.dfx_from_number((double)scalar, type, on, index).with_requires_grad(requires_grad);
    }

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var (type, on, index) = Place(dtype ?? float64, device);
        return Native.dfx_from_number(scalar, type, on, index).with_requires_grad(requires_grad);
    }

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var (type, on, index) = Place(dtype ?? int64, device);
        return Native.dfx_from_number(scalar, type, on, index).with_requires_grad(requires_grad);
    }

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false)
    {
        var (type, on, index) = Place(int32, device);
        return Native.dfx_from_number((long)scalar, type, on, index).with_requires_grad(requires_grad);
    }

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false)
    {
        var (type, on, index) = Place(uint8, device);
        return Native.dfx_from_number((long)scalar, type, on, index).with_requires_grad(requires_grad);
    }

    /// <summary>A tensor without dimensions that holds one number.</summary>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var (type, on, index) = Place(dtype ?? ScalarType.Bool, device);
        return Native.dfx_from_number(scalar, type, on, index).with_requires_grad(requires_grad);
    }
}
