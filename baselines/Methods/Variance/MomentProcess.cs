namespace Dfx.Baselines;

/// <summary>
/// How the network of <see cref="SnMethod"/> is set up: its output is h itself, its input and noise label are scaled as EDM does it, and the
/// loss is the plain squared error at the levels of the denoiser.
/// </summary>
/// <param name="Schedule">The denoiser's schedule.</param>
internal sealed record MomentProcess(INoiseSchedule Schedule) : IProcess
{
    private static readonly EdmProcess s_inputs = new();

    public Coefficients Precondition(torch.Tensor sigma) =>
        s_inputs.Precondition(sigma) with { Skip = torch.zeros_like(sigma), Out = torch.ones_like(sigma) };

    public torch.Tensor Weight(torch.Tensor sigma) => torch.ones_like(sigma);

    // Uniform steps of a discrete schedule, log-uniform on a continuous one.
    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count)
    {
        using var scope = torch.NewDisposeScope();
        var uniform = noise.Uniform(step, count).@double();
        return scope.MoveToOuter(Schedule.Steps is { } steps
            ? torch.tensor(Fits.Levels(Schedule, steps)).to(uniform.device).index_select(0, (uniform * steps).to(torch.ScalarType.Int64))
            : (uniform * Math.Log(Schedule.SigmaMax / Schedule.SigmaMin)).exp() * Schedule.SigmaMin);
    }
}
