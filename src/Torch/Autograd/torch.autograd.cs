namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>Derivatives by reverse-mode differentiation.</summary>
    public static class autograd
    {
        /// <summary>The derivatives of the sum of <paramref name="outputs"/>, weighted by <paramref name="grad_outputs"/>, with respect to the inputs.</summary>
        /// <returns>One tensor an input; null for one that nothing depends on, if that is allowed.</returns>
        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            Tensor?[] all = [.. outputs, .. inputs, .. grad_outputs ?? []];
            var (of, with, weights) = (Handles.Of([.. outputs]), Handles.Of([.. inputs]), Handles.OfOptional([.. grad_outputs ?? []]));
            var results = NativeResults.Collect(Native.dfx_autograd_grad(
                of, of.Length, with, with.Length, weights, weights.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0));
            GC.KeepAlive(all);
            return results!;
        }

        /// <summary>Adds the derivatives of the tensors, weighted by <paramref name="grad_tensors"/>, to the gradients of their leaves.</summary>
        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            Tensor?[] all = [.. tensors, .. grad_tensors ?? [], .. inputs ?? []];
            var (roots, weights, only) = (Handles.Of([.. tensors]), Handles.OfOptional([.. grad_tensors ?? []]), Handles.Of([.. inputs ?? []]));
            var keep = retain_graph ?? create_graph;
            NativeResults.Check(Native.dfx_backward(
                roots, roots.Length, weights, weights.Length, keep ? 1 : 0, create_graph ? 1 : 0, only, only.Length));
            GC.KeepAlive(all);
        }
    }
}
