namespace Dfx.Baselines;

/// <summary>A process whose loss is weighted by 1 / (k + SNR)^gamma, SNR = 1 / sigma² (Choi et al. 2022, Eq. 8).</summary>
/// <param name="Plain">The process with its own weight.</param>
/// <param name="Gamma">How far small noise levels are weighted down.</param>
/// <param name="K">Keeps the weight of the smallest noise levels from vanishing.</param>
internal sealed record P2Process(IProcess Plain, double Gamma, double K) : IProcess
{
    public INoiseSchedule Schedule => Plain.Schedule;

    public Coefficients Precondition(torch.Tensor sigma) => Plain.Precondition(sigma);

    public torch.Tensor Weight(torch.Tensor sigma)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Plain.Weight(sigma) * (sigma.pow(-2) + K).pow(-Gamma));
    }

    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count) => Plain.TrainingSigmas(noise, step, count);
}
