namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>CUDA devices.</summary>
    public static class cuda
    {
        /// <summary>Whether libtorch knows CUDA and a device is there.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>Whether cuDNN is there.</summary>
        public static bool is_cudnn_available() => Native.dfx_cudnn_available() != 0;

        /// <summary>How many CUDA devices there are; 0 with a libtorch for the CPU.</summary>
        public static int device_count() => Native.dfx_cuda_device_count();

        /// <summary>Waits until a device has done all that it was given.</summary>
        public static void synchronize(Device? device = null)
        {
            var where = device ?? CUDA;
            Require(where);
            if (where.type == DeviceType.CUDA)
            {
                NativeResults.Check(Native.dfx_cuda_synchronize(where.index));
            }
        }

        /// <summary>Seeds the default generator of the first device; does nothing without one.</summary>
        public static void manual_seed(long seed)
        {
            if (is_available())
            {
                NativeResults.Check(Native.dfx_cuda_manual_seed((ulong)seed, 0));
            }
        }

        /// <summary>Seeds the default generators of all devices.</summary>
        public static void manual_seed_all(long seed)
        {
            for (var i = 0; i < device_count(); i++)
            {
                NativeResults.Check(Native.dfx_cuda_manual_seed((ulong)seed, i));
            }
        }

        /// <summary>Refuses a device that this machine or this libtorch lacks, before libtorch says it in its own words.</summary>
        internal static void Require(Device device)
        {
            if (device.type != DeviceType.CUDA || device.index < device_count())
            {
                return;
            }

            throw new LibtorchException(device_count() == 0
                ? $"{device} was asked for, but there is no CUDA device that this libtorch can use: set DFX_LIBTORCH to a CUDA build of libtorch "
                    + "and run ./dfx doctor, or use the CPU."
                : $"{device} was asked for, but this machine has {device_count()} CUDA device(s): use cuda:0 to cuda:{device_count() - 1}.");
        }
    }

    /// <summary>Whether libtorch knows CUDA and a device is there.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>How many threads an operation uses.</summary>
    public static int get_num_threads() => Native.dfx_get_num_threads();

    /// <summary>How many threads an operation uses from now on.</summary>
    public static void set_num_threads(int num) => NativeResults.Check(Native.dfx_set_num_threads(num));

    /// <summary>How many operations can run beside each other.</summary>
    public static int get_num_interop_threads() => Native.dfx_get_num_interop_threads();

    /// <summary>Switches of libtorch's kernels.</summary>
    public static class backends
    {
        /// <summary>Switches of the CUDA kernels.</summary>
        public static class cuda
        {
            /// <summary>Switches of matrix products.</summary>
            public static class matmul
            {
                /// <summary>Whether float32 matrix products may use TF32: faster, 10 bits of mantissa.</summary>
                public static bool allow_tf32
                {
                    get => Native.dfx_get_tf32(0) != 0;
                    set => NativeResults.Check(Native.dfx_allow_tf32(value ? 1 : 0, Native.dfx_get_tf32(1)));
                }
            }
        }

        /// <summary>Switches of cuDNN.</summary>
        public static class cudnn
        {
            /// <summary>Whether float32 convolutions may use TF32: faster, 10 bits of mantissa.</summary>
            public static bool allow_tf32
            {
                get => Native.dfx_get_tf32(1) != 0;
                set => NativeResults.Check(Native.dfx_allow_tf32(Native.dfx_get_tf32(0), value ? 1 : 0));
            }
        }
    }
}
