namespace Dfx.Diffusion;

/// <summary>Gamma variates as a function of normals and uniforms, so that they are the same on every machine.</summary>
public static class GammaVariates
{
    /// <summary>
    /// How many candidates a variate has. One is refused with a probability below 0.05 if the shape is at least 1, all of them with 2e-21.
    /// </summary>
    public const int Candidates = 16;

    /// <summary>
    /// Draws from Gamma(shape, 1) by rejection (Marsaglia and Tsang 2000): d = shape - 1/3, c = 1 / √(9 d), v = (1 + c x)³, and d v is taken
    /// if ln u &lt; x² / 2 + d - d v + d ln v.
    /// </summary>
    /// <param name="normals">x: [N, <see cref="Candidates"/>], float64.</param>
    /// <param name="uniforms">u: of the same shape, in (0, 1).</param>
    /// <param name="shape">The shape, at least 1.</param>
    /// <returns>A new tensor [N], float64: each row's first candidate that is not refused.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is below 1.</exception>
    public static torch.Tensor Draw(torch.Tensor normals, torch.Tensor uniforms, double shape)
    {
        ArgumentNullException.ThrowIfNull(normals);
        ArgumentNullException.ThrowIfNull(uniforms);
        ArgumentOutOfRangeException.ThrowIfLessThan(shape, 1);
        using var scope = torch.NewDisposeScope();
        var d = shape - (1.0 / 3);
        var cube = ((normals * (1 / Math.Sqrt(9 * d))) + 1).pow(3);
        var v = cube.clamp_min(1e-300);
        var bound = (normals.square() * 0.5) + d - (v * d) + (v.log() * d);
        var taken = cube.gt(0).logical_and(uniforms.log().lt(bound));
        var first = taken.logical_and(taken.to(torch.ScalarType.Int64).cumsum(1).eq(1));
        return scope.MoveToOuter((v * d).masked_fill(first.logical_not(), 0).sum(1L));
    }
}
