namespace Dfx.SoftDiffusion;

/// <summary>
/// A linear corruption and its noise along a schedule, as samplers see it: x_t = C_t(x0) + sigma_t z of images in [-1, 1] (Daras et al. 2023, Eq. 4).
/// Black is -1 there, so C_t(x) = C (x + 1) - 1 with the C of images in [0, 1], and sigma is twice as large.
/// </summary>
/// <param name="linear">C of images in [0, 1].</param>
/// <param name="schedule">Level and noise at t.</param>
public sealed class SoftCorruption(ILinearCorruption linear, SoftSchedule schedule) : ICorruption
{
    /// <summary>Images in [-1, 1] are twice as wide as those in [0, 1], and so is their noise.</summary>
    internal const double Scale = 2;

    /// <summary>The lowest t of the training; the paper's t = 0.</summary>
    internal const double LowestLevel = 1e-5;

    /// <summary>C of images in [0, 1].</summary>
    public ILinearCorruption Operator => linear;

    /// <summary>Level and noise at t, the noise that of images in [0, 1].</summary>
    public SoftSchedule Schedule => schedule;

    /// <inheritdoc/>
    public double MinLevel => LowestLevel;

    /// <inheritdoc/>
    public int MinSteps => linear.MinSteps;

    /// <inheritdoc/>
    public double Sigma(double t) => Scale * schedule.Sigma(t);

    /// <inheritdoc/>
    public bool IsIdentity(double t) => t <= 0 || linear.IsIdentity(schedule.Level(t));

    /// <inheritdoc/>
    public torch.Tensor Apply(torch.Tensor x, torch.Tensor t)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(t);
        using var scope = torch.NewDisposeScope();

        // What C changes is added, so that rows that it does not change stay as they are to the bit.
        var above = x + 1;
        return scope.MoveToOuter(Linear(above, t).sub(above).add(x));
    }

    /// <summary>C x without what black adds: what <see cref="Apply"/> makes of differences of images.</summary>
    /// <param name="x">[N, C, H, W], any floating dtype and device.</param>
    /// <param name="t">Levels [N] in [0, 1], on x's device; float64 is best.</param>
    /// <returns>A new tensor like x, differentiable in it.</returns>
    public torch.Tensor Linear(torch.Tensor x, torch.Tensor t)
    {
        ArgumentNullException.ThrowIfNull(t);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(linear.Apply(x, schedule.Levels(t.@double())));
    }

    /// <summary>sigma of every row.</summary>
    /// <param name="t">[N] in [0, 1].</param>
    /// <returns>A new tensor [N], float64, on t's device.</returns>
    internal torch.Tensor Sigmas(torch.Tensor t)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(schedule.Sigmas(t.@double()).mul_(Scale));
    }
}
