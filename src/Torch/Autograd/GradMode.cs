namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>Until the result is disposed, this thread records nothing for differentiation.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Until the result is disposed, this thread records for differentiation.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <inheritdoc cref="enable_grad(bool)"/>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Until the result is disposed, this thread's new tensors can never be recorded, which is a little faster.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether this thread records for differentiation.</summary>
    public static bool is_grad_enabled() => Native.dfx_grad_enabled() != 0;

    /// <summary>Whether this thread is in inference mode.</summary>
    public static bool is_inference_mode_enabled() => Native.dfx_inference_enabled() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly int _before = Native.dfx_grad_enabled();
        private bool _ended;

        internal GradMode(bool on) => Native.dfx_set_grad_enabled(on ? 1 : 0);

        public void Dispose()
        {
            if (!_ended)
            {
                Native.dfx_set_grad_enabled(_before);
                _ended = true;
            }
        }
    }

    private sealed class InferenceMode(bool on) : IDisposable
    {
        private nint _guard = Native.dfx_inference_enter(on ? 1 : 0);

        public void Dispose()
        {
            if (_guard != 0)
            {
                Native.dfx_inference_leave(_guard);
                _guard = 0;
            }
        }
    }
}
