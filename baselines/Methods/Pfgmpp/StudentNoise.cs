namespace Dfx.Baselines;

/// <summary>
/// The noise of PFGM++ at sigma = 1: z √(D / c), z ~ N(0, I), one c ~ chi²(D) an image. This is the perturbation R u of Xu et al. 2023
/// (appendix B), R = √(D B / (1 - B)), B ~ Beta(N/2, D/2), u uniform on the sphere: a multivariate Student t with D degrees of freedom.
/// </summary>
internal static class StudentNoise
{
    /// <summary>Normals as Student noise.</summary>
    /// <param name="normal">z [N, C, H, W].</param>
    /// <param name="chi">c [N], float64, on z's device.</param>
    /// <param name="dimension">D, above 2 for a finite variance D / (D - 2).</param>
    /// <returns>A new tensor of z's shape and dtype.</returns>
    internal static torch.Tensor Of(torch.Tensor normal, torch.Tensor chi, double dimension)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(normal * Denoising.Rows((dimension / chi).sqrt(), normal));
    }

    /// <summary>c ~ chi²(D) as a function of normals and uniforms [N, <see cref="GammaVariates.Candidates"/>]: a new tensor [N], float64.</summary>
    internal static torch.Tensor ChiSquare(torch.Tensor normals, torch.Tensor uniforms, double dimension)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(GammaVariates.Draw(normals.@double(), uniforms.@double(), dimension / 2) * 2);
    }
}
