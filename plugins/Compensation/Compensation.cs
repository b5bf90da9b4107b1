namespace Dfx.Compensation;

/// <summary>
/// Compensation sampling (Lu, Salah and Poppe 2024, section 3) in the variance-preserving frame: D(x, t) = g_t x + f_t z with g = 1 / √(1 + sigma²) and
/// f = sigma g. In a frame without scale, such as EDM's, g is 1 everywhere and the term is nothing; so levels are told by sigma, and g is made of it here and nowhere else.
/// </summary>
/// <remarks>Signals and noise of rows have the shape [N, C, H, W], levels the shape [N]; float64 levels lose nothing of weights as small as 5e-7.</remarks>
internal static class Compensation
{
    /// <summary>g: the scale of the signal at a level, 1 at sigma = 0.</summary>
    /// <param name="sigma">[N], not negative.</param>
    internal static torch.Tensor Signal(torch.Tensor sigma) => (sigma.square() + 1).rsqrt();

    /// <summary>f: the standard deviation of the noise at a level, 0 at sigma = 0.</summary>
    /// <param name="sigma">[N], not negative.</param>
    internal static torch.Tensor Deviation(torch.Tensor sigma) => sigma * Signal(sigma);

    /// <summary>w = g_t - g_s, which is negative (Eq. 12, for any two levels).</summary>
    /// <param name="sigma">sigma_t [N].</param>
    /// <param name="next">sigma_s [N], below it.</param>
    internal static torch.Tensor Weight(torch.Tensor sigma, torch.Tensor next) => Signal(sigma) - Signal(next);

    /// <summary>g_t f_s / f_t - g_s: the weight that does for a step of DDIM, which estimates the noise, what <see cref="Weight"/> does for a step with the noise known.</summary>
    /// <inheritdoc cref="Weight" path="/param"/>
    internal static torch.Tensor DdimWeight(torch.Tensor sigma, torch.Tensor next) =>
        (Signal(sigma) * Deviation(next) / Deviation(sigma)) - Signal(next);

    /// <summary>k = -w f_t / g_t: the term in units of noise, c* = -k (z - eps). It is positive and rises with t.</summary>
    /// <inheritdoc cref="Weight" path="/param"/>
    internal static torch.Tensor NoiseWeight(torch.Tensor sigma, torch.Tensor next) => -(Weight(sigma, next) * sigma);

    /// <summary>D(x, t) = g_t x + f_t z (Eq. 9), in the dtype of x.</summary>
    /// <param name="x">Clean images.</param>
    /// <param name="z">The rows' noise.</param>
    /// <param name="sigma">sigma_t.</param>
    internal static torch.Tensor Forward(torch.Tensor x, torch.Tensor z, torch.Tensor sigma) =>
        (x * Denoising.Rows(Signal(sigma), x)) + (z * Denoising.Rows(Deviation(sigma), z));

    /// <summary>x0 from an estimate of the noise: (x - f eps) / g (Eq. 6 and 11).</summary>
    /// <param name="x">States.</param>
    /// <param name="eps">Estimates of their noise.</param>
    /// <param name="sigma">sigma_t.</param>
    internal static torch.Tensor Clean(torch.Tensor x, torch.Tensor eps, torch.Tensor sigma) =>
        (x - (eps * Denoising.Rows(Deviation(sigma), x))) / Denoising.Rows(Signal(sigma), x);

    /// <summary>
    /// x_s = x_t - D(x̂0, t) + D(x̂0, s) + c (Eq. 13), with the z of each row in both D. The noise in D(x̂0, s) - D(x̂0, t) is (f_s - f_t) z, whatever x̂0 is.
    /// </summary>
    /// <param name="x">States x_t.</param>
    /// <param name="clean">x̂0.</param>
    /// <param name="z">The rows' noise.</param>
    /// <param name="sigma">sigma_t.</param>
    /// <param name="next">sigma_s.</param>
    /// <param name="term">c, or null for none.</param>
    /// <returns>A new tensor.</returns>
    internal static torch.Tensor Step(torch.Tensor x, torch.Tensor clean, torch.Tensor z, torch.Tensor sigma, torch.Tensor next, torch.Tensor? term)
    {
        using var scope = torch.NewDisposeScope();
        var moved = x - (clean * Denoising.Rows(Weight(sigma, next), x)) + (z * Denoising.Rows(Deviation(next) - Deviation(sigma), x));
        return scope.MoveToOuter(term is null ? moved : moved + term);
    }

    /// <summary>c* = w (x̂0 - x0): what makes <see cref="Step"/> exact.</summary>
    /// <param name="clean">x̂0.</param>
    /// <param name="truth">x0.</param>
    /// <param name="sigma">sigma_t.</param>
    /// <param name="next">sigma_s.</param>
    internal static torch.Tensor Oracle(torch.Tensor clean, torch.Tensor truth, torch.Tensor sigma, torch.Tensor next) =>
        (clean - truth) * Denoising.Rows(Weight(sigma, next), clean);
}
