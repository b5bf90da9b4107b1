namespace Dfx.Torch.Interop;

/// <summary>The native handles of several tensors, for calls that take a list.</summary>
internal static class Handles
{
    /// <summary>Handles in order. The caller keeps the tensors alive until its native call has returned.</summary>
    /// <exception cref="ArgumentNullException">The list or one of the tensors is null.</exception>
    /// <exception cref="ObjectDisposedException">One of the tensors was disposed.</exception>
    internal static nint[] Of(IReadOnlyList<torch.Tensor> tensors) =>
        Convert(tensors, t => t is null ? throw new ArgumentNullException(nameof(tensors), "A tensor of the list is null.") : t.Handle);

    /// <summary>Handles in order, zero for "no tensor".</summary>
    /// <exception cref="ObjectDisposedException">One of the tensors was disposed.</exception>
    internal static nint[] OfOptional(IReadOnlyList<torch.Tensor?> tensors) => Convert(tensors, t => t?.Handle ?? 0);

    private static nint[] Convert<T>(IReadOnlyList<T> tensors, Func<T, nint> handle)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var handles = new nint[tensors.Count];
        for (var i = 0; i < handles.Length; i++)
        {
            handles[i] = handle(tensors[i]);
        }

        return handles;
    }

    internal static IReadOnlyList<T> AsList<T>(IEnumerable<T> items) => items as IReadOnlyList<T> ?? [.. items];
}
