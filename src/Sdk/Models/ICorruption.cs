namespace Dfx.Sdk;

/// <summary>
/// A corruption with noise, x_t = C_t(x0) + sigma_t z for t in [0, 1]; at t = 0 nothing is corrupted. C_t is linear in images that lie in
/// [0, 1], and so affine in ours, which lie in [-1, 1]: a blur that fills borders with black is one.
/// </summary>
public interface ICorruption
{
    /// <summary>The lowest level that a model is trained at; the clean level below it is only ever the target of the last step.</summary>
    double MinLevel { get; }

    /// <summary>
    /// The fewest steps from t = 1 down to clean images that can reverse it, at least 1: as many as a mask has parts, since with fewer some steps bring back several at once.
    /// Samplers are not applicable below it; one evaluation a step makes it the least budget.
    /// </summary>
    int MinSteps => 1;

    /// <summary>The standard deviation sigma_t of the noise.</summary>
    /// <param name="t">In [0, 1]; 0 is clean and has sigma 0.</param>
    double Sigma(double t);

    /// <summary>Whether C_t is the identity, so that x_t is a point of sigma-space.</summary>
    /// <param name="t">In [0, 1].</param>
    bool IsIdentity(double t);

    /// <summary>C_t(x), differentiable in x.</summary>
    /// <param name="x">Images [N, C, H, W], any floating dtype and device.</param>
    /// <param name="t">Levels [N] in [0, 1], of the same dtype and device.</param>
    /// <returns>A tensor of x's shape, dtype and device.</returns>
    torch.Tensor Apply(torch.Tensor x, torch.Tensor t);
}
