namespace Dfx.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The squared difference.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Native.dfx_mse_loss(input, target, (long)reduction);

            /// <summary>The absolute difference.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Native.dfx_l1_loss(input, target, (long)reduction);

            /// <summary>Half the squared difference over beta below beta, else the absolute difference less half of beta.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) =>
                Native.dfx_smooth_l1_loss(input, target, (long)reduction, beta);

            /// <summary>Half the squared difference below delta, else delta times (the absolute difference less half of delta).</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean) =>
                Native.dfx_huber_loss(input, target, (long)reduction, delta);

            /// <summary>The cross-entropy of logits [N, C, ...] with class indices (int64) or class probabilities.</summary>
            public static Tensor cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0) =>
                Native.dfx_cross_entropy(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>The cross-entropy of logits with probabilities of 1.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Native.dfx_bce_with_logits(input, target, weight, pos_weights, (long)reduction);
        }
    }
}
