namespace Dfx.Diffusion;

/// <summary>What the parts of one network share while they are made.</summary>
/// <param name="Settings">Family and size.</param>
/// <param name="Signature">What goes in and what comes out.</param>
/// <param name="Style">How the family builds its blocks.</param>
/// <param name="Initial">Where first weights come from.</param>
/// <param name="Start">The first weights of its layers.</param>
internal sealed record UNetPlan(NetworkSettings Settings, NetworkSignature Signature, BlockStyle Style, InitialWeights Initial, LayerStart Start)
{
    /// <summary>The masks of dropout in its blocks.</summary>
    internal required DropoutNoise Dropout { get; init; }

    /// <summary>Which images' classes a training step hides.</summary>
    internal required DropoutNoise LabelDropout { get; init; }

    /// <summary>Channels of the embedded noise level; 0 if the network does not see it.</summary>
    internal int Embedding => Signature.NoiseBlind ? 0 : 4 * Settings.Channels;

    /// <summary>Channels of the images with the condition.</summary>
    internal int Inputs => Signature.Images.Channels + Signature.Condition;

    internal int Levels => Settings.Multipliers.Length;

    internal int Channels(int level) => Settings.Channels * Settings.Multipliers[level];

    internal bool Attends(int level) => Settings.Attention.Contains(Signature.Images.Height >> level);

    /// <summary>The name of a level's resolution, such as 28x28.</summary>
    internal string Name(int level) => $"{Signature.Images.Height >> level}x{Signature.Images.Width >> level}";

    internal long Pixels(int level) => (long)(Signature.Images.Height >> level) * (Signature.Images.Width >> level);

    internal ConvLayer Conv(int inputs, int outputs, int kernel, LayerRole role = LayerRole.Plain, int stride = 1, int margin = 0) =>
        new(Start(role, outputs, inputs, kernel, kernel), stride, margin);

    internal DenseLayer Dense(int inputs, int outputs) => new(Start(LayerRole.Plain, outputs, inputs));

    internal NormLayer Norm(int channels) => new(channels, Style.Groups(channels), Style.Epsilon);
}
