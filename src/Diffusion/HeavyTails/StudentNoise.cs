namespace Dfx.Diffusion;

/// <summary>
/// Heavy-tailed noise at sigma = 1: z √(D / c), z ~ N(0, I), one c ~ chi²(D) an image. This is the perturbation R u of Xu et al. 2023
/// (PFGM++, appendix B), R = √(D B / (1 - B)), B ~ Beta(N/2, D/2), u uniform on the sphere: a multivariate Student t with D degrees of freedom.
/// </summary>
public static class StudentNoise
{
    /// <summary>The noise of a batch, which is D's share away from <see cref="TrainingBatch.Normal"/> of the same purpose.</summary>
    /// <param name="batch">The batch, whose random numbers are asked for.</param>
    /// <param name="purpose">What the normals are for.</param>
    /// <param name="dimension">D, above 2.</param>
    /// <returns>A new tensor of the shape of the batch's images, float32.</returns>
    public static torch.Tensor Of(TrainingBatch batch, string purpose, double dimension)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        var chi = ChiSquare(
            batch.Noise("chi-normal").Normal(batch.Step, batch.Count, GammaVariates.Candidates),
            batch.Noise("chi-uniform").Uniform(batch.Step, batch.Count, GammaVariates.Candidates),
            dimension);
        return scope.MoveToOuter(Of(batch.Normal(purpose), chi, dimension));
    }

    /// <summary>Normals as Student noise.</summary>
    /// <param name="normal">z [N, C, H, W].</param>
    /// <param name="chi">c [N], float64, on z's device.</param>
    /// <param name="dimension">D, above 2 for a finite variance D / (D - 2).</param>
    /// <returns>A new tensor of z's shape and dtype.</returns>
    public static torch.Tensor Of(torch.Tensor normal, torch.Tensor chi, double dimension)
    {
        ArgumentNullException.ThrowIfNull(normal);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(normal * Denoising.Rows((dimension / chi).sqrt(), normal));
    }

    /// <summary>c ~ chi²(D) as a function of normals and uniforms.</summary>
    /// <param name="normals">[N, <see cref="GammaVariates.Candidates"/>].</param>
    /// <param name="uniforms">Of the same shape, in (0, 1).</param>
    /// <param name="dimension">D, at least 2.</param>
    /// <returns>A new tensor [N], float64.</returns>
    public static torch.Tensor ChiSquare(torch.Tensor normals, torch.Tensor uniforms, double dimension)
    {
        ArgumentNullException.ThrowIfNull(normals);
        ArgumentNullException.ThrowIfNull(uniforms);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(GammaVariates.Draw(normals.@double(), uniforms.@double(), dimension / 2) * 2);
    }
}
