namespace Dfx.Baselines;

/// <summary>
/// The variance-preserving process on the times [tau, 1] of one batch (Kim et al. 2022, Eq. 6). With likelihood weights, lambda = g², times
/// are drawn by importance: g² / s² dt is d ln sigma², so that sigma is log-uniform and the error of the noise has the weight
/// ln(sigma(1)² / sigma(tau)²) / 2. Otherwise times are uniform and the weight is 1, the paper's variance weighting.
/// </summary>
/// <param name="Plain">The process from tau on.</param>
/// <param name="Likelihood">Whether the weights are those of the likelihood.</param>
internal sealed record TruncatedProcess(VpProcess Plain, bool Likelihood) : IProcess
{
    public INoiseSchedule Schedule => Plain.Schedule;

    private double Lowest => Schedule.Sigma(Plain.TimeMin);

    public Coefficients Precondition(torch.Tensor sigma) => Plain.Precondition(sigma);

    public torch.Tensor Weight(torch.Tensor sigma)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Plain.Weight(sigma) * (Likelihood ? Math.Log(Schedule.SigmaMax / Lowest) : 1));
    }

    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count) => Likelihood
        ? new VeProcess(Lowest, Schedule.SigmaMax).TrainingSigmas(noise, step, count)
        : Plain.TrainingSigmas(noise, step, count);
}
