using System.Collections.Immutable;

namespace Dfx.Diffusion;

/// <summary>
/// The numbers of a training run: what the settings say, and where they are silent our choice for short runs of small networks. Published
/// runs are thousands of times longer; their settings belong into the matrix file.
/// </summary>
internal sealed record Recipe(double LearningRate, int WarmUp, double Clip, ImmutableArray<Func<long, double>> Decays)
{
    private const double RampUp = 0.05;

    /// <summary>Those of a trainee: what its optimizer says, then the run's settings, then our choice.</summary>
    internal static Recipe Of(TrainingSettings settings, OptimizerSettings? optimizer = null) => new(
        optimizer?.LearningRate ?? settings.LearningRate ?? 2e-3,
        optimizer?.WarmUp ?? settings.WarmUp ?? Math.Min(100, settings.Steps / 10),
        optimizer?.Clip ?? settings.Clip ?? 1,
        settings.EmaHalfLife.IsEmpty
            ? [.. settings.Ema.DefaultIfEmpty(0.999).Select(PerStep)]
            : [.. settings.EmaHalfLife.Select(images => HalfLife(images, settings.EmaRampUp ?? RampUp, settings.Batch))]);

    /// <summary>The learning rate of a step: it rises linearly and then stays.</summary>
    internal double Rate(long step) => WarmUp == 0 ? LearningRate : LearningRate * Math.Min(1, (step + 1.0) / WarmUp);

    // min(decay, (1 + n) / (10 + n)) after n steps, so that early weights are forgotten soon.
    private static Func<long, double> PerStep(double decay) => step => Math.Min(decay, (1.0 + step) / (10.0 + step));

    // Karras et al. 2022, appendix F.2: 0.5^(batch / half-life), the half-life at most a share of the images seen before this step.
    private static Func<long, double> HalfLife(double images, double rampUp, int batch) => step =>
    {
        var capped = rampUp > 0 ? Math.Min(images, rampUp * step * batch) : images;
        return capped > 0 ? Math.Pow(0.5, batch / capped) : 0;
    };
}
