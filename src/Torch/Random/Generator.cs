namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>A source of libtorch's random numbers on one device: the same seed gives the same numbers there.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>A generator of its own; on the CPU unless a device is given.</summary>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            cuda.Require(this.device);
            _handle = Made(Native.dfx_generator_new(seed, (int)this.device.type, this.device.index));
        }

        private Generator(nint handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        /// <summary>Releases the native generator of one that nobody disposed.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The CPU's default generator.</summary>
        public static Generator Default => new(Made(Native.dfx_generator_default((int)DeviceType.CPU, -1)), CPU);

        /// <summary>The device whose numbers it makes.</summary>
        public Device device { get; }

        /// <summary>The native generator.</summary>
        /// <exception cref="ObjectDisposedException">The generator was disposed.</exception>
        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>Starts anew from a seed.</summary>
        public Generator manual_seed(long seed)
        {
            NativeResults.Check(Native.dfx_generator_set_seed(this, (ulong)seed));
            return this;
        }

        /// <summary>The seed that it started from.</summary>
        public long initial_seed() => Native.dfx_generator_initial_seed(this);

        /// <summary>Where it is now, as bytes to be given to <see cref="set_state"/>.</summary>
        public Tensor get_state() => Native.dfx_generator_get_state(this);

        /// <summary>Goes on from where a generator was.</summary>
        public void set_state(Tensor value) => NativeResults.Check(Native.dfx_generator_set_state(this, value));

        /// <summary>Releases the native generator now.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native generator; safe any number of times.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Native.dfx_generator_delete(handle);
            }
        }

        private static nint Made(nint handle) => handle != 0 ? handle : throw NativeErrors.TakeOrUnknown("the generator");
    }
}
