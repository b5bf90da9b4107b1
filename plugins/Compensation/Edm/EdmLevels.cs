namespace Dfx.Compensation;

/// <summary>
/// The noise levels of EDM's networks as the levels of a rollout: rows enter where EDM trains, and a step is as long as one of EDM's sampler with T levels
/// (Karras et al. 2022, Eq. 5): sigma_s = max(sigma_min, (sigma^(1/7) - h)^7), h = (80^(1/7) - 0.002^(1/7)) / (T - 1). Below sigma_min it is clean.
/// </summary>
/// <param name="process">Where rows enter.</param>
/// <param name="steps">T, at least 2.</param>
internal sealed class EdmLevels(EdmProcess process, int steps) : IRolloutLevels
{
    private const double Rho = 7;

    // Rounding does not make a level of its own.
    private const double Slack = 1e-9;

    private static readonly EdmSchedule s_ends = new();
    private readonly double _step = (Math.Pow(s_ends.SigmaMax, 1 / Rho) - Math.Pow(s_ends.SigmaMin, 1 / Rho)) / (steps - 1);

    public torch.Tensor Enter(TrainingBatch batch, int count) => process.TrainingSigmas(batch.Noise("rollout-sigma"), batch.Step, count);

    public torch.Tensor Next(torch.Tensor level)
    {
        using var scope = torch.NewDisposeScope();
        var below = (level.pow(1 / Rho) - _step).clamp_min(0).pow(Rho).clamp_min(s_ends.SigmaMin);
        return scope.MoveToOuter(torch.where(level.gt(s_ends.SigmaMin * (1 + Slack)), below, torch.zeros_like(level)));
    }

    public torch.Tensor Sigma(torch.Tensor level) => level.clone();
}
