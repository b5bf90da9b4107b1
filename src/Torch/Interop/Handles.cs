namespace Dfx.Torch.Interop;

/// <summary>The native handles of several tensors, for calls that take a list.</summary>
internal static class Handles
{
    /// <summary>Handles in order; zero for a null tensor. The caller keeps the tensors alive until its native call has returned.</summary>
    /// <exception cref="ObjectDisposedException">One of the tensors was disposed.</exception>
    internal static nint[] Of(IReadOnlyList<torch.Tensor?> tensors)
    {
        var handles = new nint[tensors.Count];
        for (var i = 0; i < handles.Length; i++)
        {
            handles[i] = tensors[i]?.Handle ?? 0;
        }

        return handles;
    }

    internal static IReadOnlyList<T> AsList<T>(IEnumerable<T> items) => items as IReadOnlyList<T> ?? [.. items];
}
