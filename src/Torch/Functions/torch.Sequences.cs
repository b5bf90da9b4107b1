namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>A tensor whose elements are not set, with the shape, dtype and device of another unless others are given.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return device is null
            ? Native.dfx_empty_like(input, (int?)dtype ?? -1).with_requires_grad(requires_grad)
            : empty(input.shape, dtype ?? input.dtype, device, requires_grad);
    }

    /// <summary>A tensor of one value with the shape, dtype and device of another unless others are given.</summary>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        return device is null
            ? Native.dfx_full_like(input, value, (int?)dtype ?? -1).with_requires_grad(requires_grad)
            : full(input.shape, value, dtype ?? input.dtype, device, requires_grad);
    }

    /// <summary>A tensor of 0 with the shape, dtype and device of another unless others are given.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        full_like(input, 0, dtype, device, requires_grad, names);

    /// <summary>A tensor of 1 with the shape, dtype and device of another unless others are given.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        full_like(input, 1, dtype, device, requires_grad, names);

    /// <summary>The numbers from start up to, not including, stop, by step: int64 if all three are integers, else float32.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var real = start.Number.IsReal || stop.Number.IsReal || step.Number.IsReal;
        var (type, on, index) = Place(dtype ?? (real ? float32 : int64), device);
        return Native.dfx_arange(start, stop, step, type, on, index).with_requires_grad(requires_grad);
    }

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <inheritdoc cref="arange(Scalar, Scalar, Scalar, ScalarType?, Device?, bool)"/>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Evenly spaced numbers, both ends included; float32 unless a dtype is given.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var (type, on, index) = Place(dtype, device);
        return Native.dfx_linspace(start, end, steps, type, on, index).with_requires_grad(requires_grad);
    }

    /// <summary>Powers of the base with evenly spaced exponents, both ends included; float32 unless a dtype is given.</summary>
    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var (type, on, index) = Place(dtype, device);
        return Native.dfx_logspace(start, end, steps, @base, type, on, index).with_requires_grad(requires_grad);
    }

    /// <summary>A matrix with 1 on its diagonal; square unless the columns are given.</summary>
    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        NoNames(names);
        var (type, on, index) = Place(dtype, device);
        return Native.dfx_eye(rows, columns < 0 ? rows : columns, type, on, index).with_requires_grad(requires_grad);
    }
}
