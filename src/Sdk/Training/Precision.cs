namespace Dfx.Sdk;

/// <summary>The arithmetic of a network's forward and backward pass; weights stay float32.</summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>Convolutions and products in bfloat16.</summary>
    Bfloat16,
}
