namespace Dfx.Diffusion;

/// <summary>What the sampling of a model that was trained on <see cref="StudentNoise"/> starts from, times sigma.</summary>
public enum StudentPrior
{
    /// <summary>The heavy-tailed noise that the network was trained on, as in Xu et al. 2023.</summary>
    Student,

    /// <summary>Normal noise: EDM's prior, which is that of D without limit.</summary>
    Gaussian,
}

/// <summary>A denoiser whose sampling starts from the heavy-tailed noise that it was trained on, unless it is told otherwise.</summary>
/// <param name="denoiser">The denoiser; disposing this model disposes it.</param>
/// <param name="dimension">D, the degrees of freedom of the noise, above 2.</param>
/// <param name="prior">What sampling starts from.</param>
public sealed class StudentDenoiser(PreconditionedDenoiser denoiser, double dimension, StudentPrior prior = StudentPrior.Student) : IDenoiser
{
    /// <inheritdoc/>
    public INoiseSchedule Schedule => denoiser.Schedule;

    /// <inheritdoc/>
    public DataShape Shape => denoiser.Shape;

    /// <inheritdoc/>
    public IReadOnlyList<NetworkCard> Networks => denoiser.Networks;

    /// <inheritdoc/>
    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => denoiser.Denoise(x, sigma, condition);

    /// <summary>Noise of the model's kind times sigma. Its direction is that of a Gaussian prior: samples stay paired with those of other methods.</summary>
    /// <inheritdoc/>
    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = torch.NewDisposeScope();
        var normal = noise.Normal();
        if (prior == StudentPrior.Gaussian)
        {
            return scope.MoveToOuter(normal * level);
        }

        var chi = StudentNoise.ChiSquare(noise.Normal(GammaVariates.Candidates), noise.Uniform(GammaVariates.Candidates), dimension);
        return scope.MoveToOuter(StudentNoise.Of(normal, chi, dimension) * level);
    }

    /// <inheritdoc/>
    public Checkpoint ToCheckpoint() => denoiser.ToCheckpoint();

    /// <summary>Gives the denoiser free.</summary>
    public void Dispose() => denoiser.Dispose();
}
