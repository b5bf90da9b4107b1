namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>Networks.</summary>
    public static partial class nn
    {
        /// <summary>The functions that networks are made of. Images are [N, C, H, W], float32, float64 or bfloat16.</summary>
        public static partial class functional
        {
            private static readonly long[] s_one = [1, 1];
            private static readonly long[] s_zero = [0, 0];

            /// <summary>Convolution of signals [N, C, L].</summary>
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                Native.dfx_conv1d(input, weight, bias, [stride ?? 1], 1, [padding ?? 0], 1, [dilation ?? 1], 1, groups);

            /// <summary>Convolution of images; weight [C_out, C_in / groups, kH, kW].</summary>
            public static Tensor conv2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                long groups = 1)
            {
                var (s, p, d) = (strides ?? s_one, padding ?? s_zero, dilation ?? s_one);
                return Native.dfx_conv2d(input, weight, bias, s, s.Length, p, p.Length, d, d.Length, groups);
            }

            /// <summary>Transposed convolution of images; weight [C_in, C_out / groups, kH, kW].</summary>
            public static Tensor conv_transpose2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? output_padding = null,
                long[]? dilation = null,
                long groups = 1)
            {
                var (s, p, o, d) = (strides ?? s_one, padding ?? s_zero, output_padding ?? s_zero, dilation ?? s_one);
                return Native.dfx_conv_transpose2d(
                    input, weight, bias, s, s.Length, p, p.Length, o, o.Length, d, d.Length, groups);
            }

            /// <summary>input weights^T + bias; weights [out, in].</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Native.dfx_linear(input, weights, bias);

            /// <summary>A vector of 0 with a 1 at each class index (int64); [...] to [..., num_classes].</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Native.dfx_one_hot(x, num_classes);

            /// <summary>Normalises groups of channels of each sample to mean 0 and variance 1, then scales and shifts.</summary>
            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Native.dfx_group_norm(input, num_groups, weight, bias, eps);

            /// <summary>Normalises the trailing dimensions to mean 0 and variance 1, then scales and shifts.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Native.dfx_layer_norm(input, normalized_shape, normalized_shape.Length, weight, bias, eps);

            /// <summary>Normalises channels over the batch (training) or by running statistics, then scales and shifts.</summary>
            public static Tensor batch_norm(
                Tensor input,
                Tensor? running_mean,
                Tensor? running_var,
                Tensor? weight = null,
                Tensor? bias = null,
                bool training = false,
                double momentum = 0.1,
                double eps = 1e-05) =>
                Native.dfx_batch_norm(input, weight, bias, running_mean, running_var, training ? 1 : 0, momentum, eps);

            /// <summary>In training, sets elements to 0 with probability p and scales the others by 1 / (1 - p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? throw new NotSupportedException("In-place dropout is not bound.") : Native.dfx_dropout(input, p, training ? 1 : 0);

            /// <summary>x sigmoid(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => InPlace(x, inplace, Native.dfx_silu, Native.dfx_silu_);

            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => InPlace(x, inplace, Native.dfx_relu, Native.dfx_relu_);

            /// <summary>x Phi(x), Phi the normal distribution function.</summary>
            public static Tensor gelu(Tensor x) => Native.dfx_gelu(x, 0);

            /// <summary>tanh(x).</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => InPlace(x, inplace, Native.dfx_tanh, Native.dfx_tanh_);

            /// <summary>1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x) => Native.dfx_sigmoid(x);

            /// <summary>x where it is positive, else a small multiple of it.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? throw new NotSupportedException("In-place leaky_relu is not bound.") : Native.dfx_leaky_relu(input, negative_slope);

            /// <summary>x where it is positive, else alpha (exp(x) - 1).</summary>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? throw new NotSupportedException("In-place elu is not bound.") : Native.dfx_elu(x, alpha);

            /// <summary>log(1 + exp(beta x)) / beta; linear where beta x is above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Native.dfx_softplus(x, beta, threshold);

            /// <inheritdoc cref="Tensor.softmax(long, ScalarType?)"/>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <inheritdoc cref="Tensor.log_softmax(long, ScalarType?)"/>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            private static Tensor InPlace(Tensor x, bool inplace, Func<Tensor, Tensor> pure, Func<Tensor, int> mutate)
            {
                if (!inplace)
                {
                    return pure(x);
                }

                NativeResults.Check(mutate(x));
                return x.alias();
            }
        }
    }
}
