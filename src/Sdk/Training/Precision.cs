namespace Dfx.Sdk;

/// <summary>The arithmetic of a network's forward and backward pass. Weights, gradients, moments and averages are float32 in any.</summary>
public enum Precision
{
    /// <summary>float32 throughout, on CUDA too: TF32 is off.</summary>
    Float32,

    /// <summary>Activations in bfloat16, and weights cast where they are used, as EDM does; norms and losses are summed in float32.</summary>
    Bfloat16,

    /// <summary>float32 whose products CUDA rounds to TF32 (10 bits of mantissa) before it multiplies. On CUDA alone.</summary>
    Tf32,
}
