using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>
/// Discrete DDPM (Ho et al. 2020) in EDM's frame y = x_t / a_t, a_t = √ᾱ_t: t is uniform in 1 … T in training, the network sees x_t and the
/// label 1000 t / T, and the loss is the plain squared error of what it predicts (of z for the score).
/// </summary>
/// <param name="Steps">The schedule; sigmas between its steps have fractional times.</param>
/// <param name="Prediction">What the network predicts.</param>
public sealed record DdpmProcess(DiscreteSchedule Steps, Prediction Prediction = Prediction.Eps) : IProcess
{
    private const double LabelRange = 1000;
    private readonly double[] _nodes = [.. Steps.LogVariances];
    private readonly double[] _labels = Grids.Uniform(0, LabelRange, Steps.LogVariances.Count());

    /// <inheritdoc/>
    public INoiseSchedule Schedule => Steps;

    // With a = 1 / √(1 + sigma²), s = a sigma and x_t = a y, D is what Predictions makes of the output F.
    /// <inheritdoc/>
    public Coefficients Precondition(torch.Tensor sigma)
    {
        ArgumentNullException.ThrowIfNull(sigma);
        var variance = sigma.square();
        var a = (variance + 1).rsqrt();
        var (skip, scale) = Prediction switch
        {
            Prediction.Eps => (torch.ones_like(sigma), -sigma),
            Prediction.X0 => (torch.zeros_like(sigma), torch.ones_like(sigma)),
            Prediction.V => (a.square(), -(a * sigma)),
            Prediction.Score => (torch.ones_like(sigma), a * variance),
            _ => throw new ArgumentOutOfRangeException(nameof(sigma), Prediction, "expected a process that predicts eps, x0, v or the score"),
        };
        return new(skip, scale, a, Interpolation.Linear(variance.log1p(), _nodes, _labels));
    }

    /// <inheritdoc/>
    public torch.Tensor Weight(torch.Tensor sigma)
    {
        ArgumentNullException.ThrowIfNull(sigma);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Prediction switch
        {
            Prediction.X0 => torch.ones_like(sigma),
            Prediction.V => sigma.pow(-2) + 1,
            _ => sigma.pow(-2),
        });
    }

    /// <inheritdoc/>
    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = torch.NewDisposeScope();
        var uniform = noise.Uniform(step, count).@double();
        var sigmas = torch.tensor(_nodes).OnDevice(uniform.device).expm1().sqrt();
        return scope.MoveToOuter(sigmas.index_select(0, (uniform * (_nodes.Length - 1)).to(torch.ScalarType.Int64) + 1));
    }
}
