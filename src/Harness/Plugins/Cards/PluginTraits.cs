namespace Dfx.Harness.Plugins;

/// <summary>What the cards of methods, samplers and corrections declare beside names: each is a property of the attribute.</summary>
[Flags]
internal enum PluginTraits
{
    None = 0,

    /// <summary><see cref="Sdk.MethodAttribute.NeedsSource"/>.</summary>
    NeedsSource = 1,

    /// <summary><see cref="Sdk.SamplerAttribute.Adaptive"/>.</summary>
    Adaptive = 2,

    /// <summary><see cref="Sdk.SamplerAttribute.ImposesKnown"/>.</summary>
    ImposesKnown = 4,

    /// <summary><see cref="Sdk.CorrectionAttribute.Untrained"/>.</summary>
    Untrained = 8,

    /// <summary><see cref="Sdk.CorrectionAttribute.NeedsTeacher"/>.</summary>
    NeedsTeacher = 16,

    /// <summary><see cref="Sdk.CorrectionAttribute.LearnsAlone"/>.</summary>
    LearnsAlone = 32,
}
