namespace Dfx.Compensation.Masking;

/// <summary>
/// The corruption of <c>cs-mask</c>: the mask of each image, which the task observes and a corruption is not told. So it cannot be applied here; the sampler
/// <c>cs-mask</c> takes the masks from its request.
/// </summary>
/// <param name="Steps">T, the number of levels.</param>
internal sealed record TaskMask(int Steps) : ICorruption
{
    public double MinLevel => 1.0 / Steps;

    public double Sigma(double t) => 0;

    public bool IsIdentity(double t) => t <= 0;

    /// <exception cref="NotApplicableException">Always.</exception>
    public torch.Tensor Apply(torch.Tensor x, torch.Tensor t) =>
        throw new NotApplicableException("The corruption of cs-mask is the mask of each image, which other samplers are not told: take samplers: [cs-mask].");
}
