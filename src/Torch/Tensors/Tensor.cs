using System.Runtime.InteropServices.Marshalling;

namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>An n-dimensional array on a device, with a dtype, that can take part in differentiation.</summary>
    /// <remarks>
    /// <para>
    /// Element-wise functions broadcast and promote dtypes as libtorch does, keep the device of their inputs, and refuse
    /// inputs on different devices. Functions whose name ends in <c>_</c> change the tensor itself and return it.
    /// </para>
    /// <para>
    /// A tensor is disposed by its <see cref="DisposeScope"/>, by <see cref="Dispose()"/>, or at last by the garbage collector. Using
    /// a disposed one throws <see cref="ObjectDisposedException"/>.
    /// </para>
    /// </remarks>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        private static long s_count;

        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            Interlocked.Increment(ref s_count);
            DisposeScopes.Register(this);
            NativeMemory.Observe();
        }

        /// <summary>Releases the native tensor of one that nobody disposed.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>How many tensors of this process are not yet disposed.</summary>
        public static long TotalCount => Volatile.Read(ref s_count);

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
        public nint Handle
        {
            get
            {
                var handle = _handle;
                return handle != 0 ? handle : throw Disposed();
            }
        }

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>The scope that will dispose this tensor, and its neighbours there.</summary>
        internal DisposeScope? Scope { get; set; }

        internal Tensor? Next { get; set; }

        internal Tensor? Previous { get; set; }

        /// <summary>Releases the native tensor now; its memory is free once no view and no graph needs it.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native tensor. Safe on any thread, any number of times.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0)
            {
                return;
            }

            Interlocked.Decrement(ref s_count);
            if (disposing)
            {
                Scope?.Remove(this);
            }

            Native.dfx_delete(handle);
        }

        /// <summary>Hands the tensor to the scope around its own.</summary>
        public Tensor MoveToOuterDisposeScope() => Scope is { } scope ? scope.MoveToOuter(this) : this;

        /// <summary>Hands the tensor to another scope.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            ArgumentNullException.ThrowIfNull(other);
            other.Attach(this);
            return this;
        }

        /// <summary>Takes the tensor out of its scope: from now on its holder disposes it.</summary>
        public Tensor DetachFromDisposeScope() => Scope is { } scope ? scope.Detach(this) : this;

        /// <summary>Gives up the handle to a new owner of the same native tensor.</summary>
        internal nint Surrender()
        {
            var handle = Handle;
            Scope?.Remove(this);
            _handle = 0;
            Interlocked.Decrement(ref s_count);
            GC.SuppressFinalize(this);
            return handle;
        }

        /// <summary>The result of an in-place call: this tensor, or the error that the shim recorded.</summary>
        private Tensor After(int status)
        {
            NativeResults.Check(status);
            return this;
        }


        private static ObjectDisposedException Disposed() =>
            new(nameof(Tensor), "This tensor was disposed: its scope has ended or Dispose was called. Move it to an outer scope to use it longer.");
    }
}
