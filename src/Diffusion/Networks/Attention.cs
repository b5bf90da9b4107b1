namespace Dfx.Diffusion;

/// <summary>Self-attention over pixels (Vaswani et al. 2017).</summary>
internal static class Attention
{
    /// <summary>Values mixed by softmax(q^T k / √d), d the channels of a head.</summary>
    /// <param name="features">[N, 3 C, H, W]: head by head, and within a head query, key and value of a channel side by side.</param>
    /// <param name="heads">A divisor of C.</param>
    /// <returns>[N, C, H, W], channels last.</returns>
    internal static torch.Tensor Mixed(torch.Tensor features, int heads)
    {
        var shape = features.shape;
        var (batch, channels, pixels) = (shape[0], shape[1] / 3 / heads, shape[2] * shape[3]);
        var parts = features.permute(0, 2, 3, 1).reshape(batch, pixels, heads, channels, 3).transpose(1, 2).unbind(-1);
        return Mix(parts[0], parts[1], parts[2]).transpose(1, 2).reshape(batch, shape[2], shape[3], shape[1] / 3).permute(0, 3, 1, 2);
    }

    // libtorch's fused attention saves memory on CUDA; on the CPU it takes 1.3 times as long. The softmax is float32 at least.
    private static torch.Tensor Mix(torch.Tensor q, torch.Tensor k, torch.Tensor v)
    {
        if (q.device_type != DeviceType.CPU)
        {
            return torch.nn.functional.scaled_dot_product_attention(q, k, v);
        }

        var products = q.matmul(k.transpose(-1, -2) / Math.Sqrt(q.shape[^1]));
        return products.to(q.dtype == torch.bfloat16 ? torch.float32 : q.dtype).softmax(-1).to(q.dtype).matmul(v);
    }
}
