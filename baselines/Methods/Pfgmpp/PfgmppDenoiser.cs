namespace Dfx.Baselines;

/// <summary>A denoiser whose sampling starts from the heavy-tailed noise that it was trained on, unless its options say otherwise.</summary>
/// <param name="denoiser">The denoiser; disposing this model disposes it.</param>
/// <param name="options">D and the prior.</param>
internal sealed class PfgmppDenoiser(PreconditionedDenoiser denoiser, PfgmppOptions options) : IDenoiser
{
    public INoiseSchedule Schedule => denoiser.Schedule;

    public DataShape Shape => denoiser.Shape;

    public IReadOnlyList<NetworkCard> Networks => denoiser.Networks;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => denoiser.Denoise(x, sigma, condition);

    // The direction is that of a Gaussian prior: samples stay paired with those of other methods.
    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        var normal = noise.Normal();
        if (options.Prior == PfgmppPrior.Gaussian)
        {
            return scope.MoveToOuter(normal * level);
        }

        var chi = StudentNoise.ChiSquare(noise.Normal(GammaVariates.Candidates), noise.Uniform(GammaVariates.Candidates), options.Dimension);
        return scope.MoveToOuter(StudentNoise.Of(normal, chi, options.Dimension) * level);
    }

    public Checkpoint ToCheckpoint() => denoiser.ToCheckpoint();

    public void Dispose() => denoiser.Dispose();
}
