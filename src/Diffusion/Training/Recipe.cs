namespace Dfx.Diffusion;

/// <summary>
/// The numbers of a training run: what the settings say, and where they are silent our choice for short runs of small networks. Published
/// runs are thousands of times longer; their settings belong into the matrix file.
/// </summary>
internal sealed record Recipe(double LearningRate, int WarmUp, double Ema, double Clip)
{
    internal static Recipe Of(TrainingSettings settings) => new(
        settings.LearningRate ?? 2e-3,
        settings.WarmUp ?? Math.Min(100, settings.Steps / 10),
        settings.Ema ?? 0.999,
        settings.Clip ?? 1);

    /// <summary>The learning rate of a step: it rises linearly and then stays.</summary>
    internal double Rate(long step) => WarmUp == 0 ? LearningRate : LearningRate * Math.Min(1, (step + 1.0) / WarmUp);

    /// <summary>The decay after n steps, min(Ema, (1 + n) / (10 + n)), so that early weights are forgotten soon.</summary>
    internal double Decay(long step) => Math.Min(Ema, (1.0 + step) / (10.0 + step));
}
