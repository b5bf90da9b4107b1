using System.Globalization;

namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor in another dtype; itself if it has it and no copy is asked for.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(type, null, copy, disposeAfter, non_blocking);

        /// <summary>The tensor on another device; itself if it is there and no copy is asked for.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(null, device, copy, disposeAfter, non_blocking);

        /// <summary>The tensor in another dtype on another device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(type, device, copy, disposeAfter, non_blocking);

        /// <summary>The tensor in the dtype and on the device of another.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => Converted(other.dtype, other.device, false, false, non_blocking);

        /// <inheritdoc cref="to(ScalarType, bool, bool, bool)"/>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(type, null, copy, disposeAfter, non_blocking);

        /// <summary>The tensor in the dtype of another.</summary>
        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        /// <summary>The tensor on the CPU.</summary>
        public Tensor cpu() => to(CPU);

        /// <summary>The tensor on a CUDA device; the first if none is named.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        /// <summary>The tensor as float32.</summary>
        public Tensor @float() => to(float32);

        /// <summary>The tensor as float64.</summary>
        public Tensor @double() => to(float64);

        /// <summary>The tensor as bfloat16.</summary>
        public Tensor bfloat16() => to(ScalarType.BFloat16);

        /// <summary>The tensor as int64.</summary>
        public Tensor @long() => to(int64);

        /// <summary>The tensor as int32.</summary>
        public Tensor @int() => to(int32);

        /// <summary>The tensor as uint8.</summary>
        public Tensor @byte() => to(uint8);

        /// <summary>The tensor as bool: whether each element is not zero.</summary>
        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>The one element of the tensor, read from its device; <c>ToDouble()</c> and its like convert, this does not.</summary>
        /// <exception cref="ArgumentException">The dtype is not that of <typeparamref name="T"/>.</exception>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">There is not just one element.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (ElementTypes.Of(typeof(T)) != dtype)
            {
                throw new ArgumentException($"A tensor of {dtype} cannot be read as {typeof(T).Name}: use ToDouble() or ToInt64(), or convert it first.");
            }

            if (is_floating_point())
            {
                NativeResults.Check(Native.dfx_item_double(this, out var real));
                return (T)Convert.ChangeType(real, typeof(T), CultureInfo.InvariantCulture);
            }

            NativeResults.Check(Native.dfx_item_int64(this, out var integer));
            return (T)Convert.ChangeType(integer, typeof(T), CultureInfo.InvariantCulture);
        }

        /// <summary>The one element of the tensor as a scalar.</summary>
        public Scalar ToScalar()
        {
            if (is_floating_point())
            {
                NativeResults.Check(Native.dfx_item_double(this, out var real));
                return real;
            }

            NativeResults.Check(Native.dfx_item_int64(this, out var integer));
            return dtype == ScalarType.Bool ? integer != 0 : integer;
        }

        /// <summary>The memory of a contiguous CPU tensor itself: no copy, valid while the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor is elsewhere, not contiguous, or over 2 GiB.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (device_type != DeviceType.CPU || !is_contiguous())
                {
                    throw new InvalidOperationException("The bytes of a tensor can be reached on the CPU, contiguous: call cpu() and contiguous() first.");
                }

                var length = NumberOfElements * ElementSize;
                return length <= int.MaxValue
                    ? new Span<byte>((void*)DataPointer(), (int)length)
                    : throw new InvalidOperationException($"The tensor has {length} bytes, more than a span can reach: narrow it first.");
            }

            set
            {
                if (value.Length != NumberOfElements * ElementSize)
                {
                    throw new ArgumentException($"The tensor has {NumberOfElements * ElementSize} bytes, got {value.Length}.", nameof(value));
                }

                value.CopyTo(bytes);
                GC.KeepAlive(this);
            }
        }

        /// <summary>The elements of a CPU tensor as managed values, in row-major order whatever the strides.</summary>
        /// <exception cref="ArgumentException">The dtype is not that of <typeparamref name="T"/>.</exception>
        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged => new(this);

        /// <summary>Where the first element lies.</summary>
        internal nint DataPointer()
        {
            var pointer = Native.dfx_data_ptr(this);
            return pointer == 0 && NativeErrors.Take() is { } error ? throw error : pointer;
        }

        private Tensor Converted(ScalarType? type, Device? device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            if (device is not null)
            {
                torch.cuda.Require(device);
            }

            var result = Native.dfx_to(this, (int?)type ?? -1, device is null ? -1 : (int)device.type, device?.index ?? -1, copy ? 1 : 0, nonBlocking ? 1 : 0);
            if (disposeAfter)
            {
                Dispose();
            }

            return result;
        }
    }
}
