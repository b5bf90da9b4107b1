namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The extent of each dimension.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Native.dfx_dim(this)];
                fixed (long* p = sizes)
                {
                    Native.dfx_sizes(this, p);
                }

                return sizes;
            }
        }

        /// <summary>The kind of element.</summary>
        public ScalarType dtype => (ScalarType)Native.dfx_scalar_type(this);

        /// <summary>Where the tensor lives.</summary>
        public Device device => new(device_type, device_index);

        /// <summary>The kind of device that the tensor lives on.</summary>
        public DeviceType device_type => (DeviceType)Native.dfx_device_type(this);

        /// <summary>The number of the device that the tensor lives on; -1 for the CPU.</summary>
        public int device_index => Native.dfx_device_index(this);

        /// <summary>How many dimensions the tensor has.</summary>
        public long ndim => Native.dfx_dim(this);

        /// <summary>How many elements the tensor has.</summary>
        public long NumberOfElements => Native.dfx_numel(this);

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => Native.dfx_element_size(this);

        /// <summary>Whether the tensor lives on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>How many dimensions the tensor has.</summary>
        public long dim() => ndim;

        /// <summary>How many elements the tensor has.</summary>
        public long numel() => NumberOfElements;

        /// <summary>Bytes of one element.</summary>
        public long element_size() => ElementSize;

        /// <summary>The extent of each dimension.</summary>
        public long[] size() => shape;

        /// <summary>The extent of one dimension; negative counts from the last.</summary>
        /// <exception cref="IndexOutOfRangeException">The tensor has no such dimension.</exception>
        public long size(int dim)
        {
            var sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        /// <summary>How many elements apart neighbours along each dimension lie in memory.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[Native.dfx_dim(this)];
            fixed (long* p = strides)
            {
                NativeResults.Check(Native.dfx_strides(this, p));
            }

            return strides;
        }

        /// <summary>How many elements of the storage come before this tensor's first.</summary>
        public long storage_offset() => Native.dfx_storage_offset(this);

        /// <summary>Whether the elements lie in memory in row-major order without gaps.</summary>
        public bool is_contiguous() => Native.dfx_is_contiguous(this) != 0;

        /// <summary>Whether the dtype is one of the real floating-point kinds.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the dtype is one of the complex kinds.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Whether the dtype is an integer kind.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>A line with shape, dtype and device.</summary>
        public override string ToString() => IsInvalid ? "(disposed)" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";
    }
}
