namespace Dfx.Compensation.Masking;

/// <summary>
/// Compensation sampling with a mask for the corruption, the literal text of Lu, Salah and Poppe 2024 on inpainting: D(x, t) = m_t x without noise, with
/// m_t = 1 - t (1 - m) elementwise. At t = 1 the hidden pixels are 0, at t = 0 all is there. g is m_t and f is 0 in the formulas of the paper.
/// </summary>
/// <remarks>Images have the shape [N, C, H, W], masks [N, 1, H, W] with 1 where a pixel is known and 0 where it is hidden, times [N] in [0, 1].</remarks>
internal static class SoftMask
{
    /// <summary>m_t = 1 - t (1 - m).</summary>
    /// <param name="mask">m.</param>
    /// <param name="t">t.</param>
    internal static torch.Tensor At(torch.Tensor mask, torch.Tensor t) => 1 - ((1 - mask) * Denoising.Rows(t, mask));

    /// <summary>D(x, t) = m_t x.</summary>
    /// <param name="x">Clean images.</param>
    /// <param name="mask">m.</param>
    /// <param name="t">t.</param>
    internal static torch.Tensor Forward(torch.Tensor x, torch.Tensor mask, torch.Tensor t) => x * At(mask, t);

    /// <summary>x_s = x_t - D(x̂0, t) + D(x̂0, s): Cold Diffusion's step (Bansal et al. 2023, algorithm 2), Eq. 13 without its term.</summary>
    /// <param name="x">States x_t.</param>
    /// <param name="clean">x̂0.</param>
    /// <param name="mask">m.</param>
    /// <param name="t">t.</param>
    /// <param name="next">s, below t.</param>
    internal static torch.Tensor Step(torch.Tensor x, torch.Tensor clean, torch.Tensor mask, torch.Tensor t, torch.Tensor next) =>
        x.addcmul(At(mask, next) - At(mask, t), clean, 1);
}
