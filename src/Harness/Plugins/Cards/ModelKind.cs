namespace Dfx.Harness.Plugins;

/// <summary>What a method trains and a sampler accepts: the type argument of its interface.</summary>
internal enum ModelKind
{
    /// <summary><see cref="Sdk.IDenoiser"/>.</summary>
    Denoiser,

    /// <summary><see cref="Sdk.IVarianceDenoiser"/>, which is a denoiser too.</summary>
    VarianceDenoiser,

    /// <summary><see cref="Sdk.ICorruptionModel"/>.</summary>
    Corruption,
}
