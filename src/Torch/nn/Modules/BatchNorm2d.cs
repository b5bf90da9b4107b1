namespace Dfx.Torch.Modules
{
    /// <summary>Normalises channels over the batch in training, by running statistics in evaluation: [N, C, H, W] to the same.</summary>
    public sealed class BatchNorm2d : NormBase
    {
        internal BatchNorm2d(long features, double eps, double momentum, bool affine, bool track, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(BatchNorm2d), features, eps, momentum, affine, track, device, dtype)
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            if (training && num_batches_tracked is { } seen)
            {
                seen.add_(1);
            }

            return torch.nn.functional.batch_norm(
                input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0.1, eps);
        }
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.BatchNorm2d"/>
            public static Modules.BatchNorm2d BatchNorm2d(
                long num_features,
                double eps = 1e-05,
                double momentum = 0.1,
                bool affine = true,
                bool track_running_stats = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
