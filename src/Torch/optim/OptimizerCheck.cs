namespace Dfx.Torch.Modules;

/// <summary>What optimizers demand of their constants, as TorchSharp does.</summary>
internal static class OptimizerCheck
{
    internal static double NotNegative(double value, string name) => value >= 0
        ? value
        : throw new ArgumentException($"{name} is at least 0, got {value}.", name);

    private static double Decay(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentException($"{name} lies in [0, 1), got {value}.", name);

    /// <summary>The constants of Adam and of AdamW, if they make sense.</summary>
    internal static AdamSettings Adam(AdamSettings settings)
    {
        NotNegative(settings.LearningRate, "lr");
        Decay(settings.Beta1, "beta1");
        Decay(settings.Beta2, "beta2");
        NotNegative(settings.Eps, "eps");
        NotNegative(settings.WeightDecay, "weight_decay");
        return settings;
    }

    internal static void Nesterov(bool nesterov, double momentum, double dampening)
    {
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("Nesterov momentum needs a momentum and no dampening.", nameof(nesterov));
        }
    }
}
