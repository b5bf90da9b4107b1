namespace Dfx.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Gradients and parameters of a whole module.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients so that their joint norm is at most <paramref name="max_norm"/>: one native call.</summary>
            /// <returns>The norm before; 0 without gradients.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var grads = new TensorBatch(tensors.Select(t => t.grad).OfType<Tensor>());
                NativeResults.Check(Native.dfx_clip_grad_norm(grads.Handles, grads.Count, max_norm, norm_type, out var norm));
                return norm;
            }

            /// <summary>Moves every element of every gradient into ± <paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var outside = no_grad();
                foreach (var tensor in tensors)
                {
                    using var grad = tensor.grad;
                    grad?.clamp_(-clip_value, clip_value);
                }
            }

            /// <summary>All parameters flattened, one after another.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return scope.MoveToOuter(cat([.. tensors.Select(t => t.reshape(-1))]));
            }

            /// <summary>Copies a vector made by <see cref="parameters_to_vector"/> back into parameters.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                using var outside = no_grad();
                var start = 0L;
                foreach (var tensor in tensors)
                {
                    tensor.copy_(vec.narrow(0, start, tensor.numel()).view(tensor.shape));
                    start += tensor.numel();
                }
            }
        }
    }
}
