using System.Diagnostics.CodeAnalysis;

namespace Dfx.Numerics.Files;

/// <summary>What one element of a stored array is. Elements of several bytes are little-endian.</summary>
/// <remarks>
/// The order is that of safetensors' own <c>Dtype</c> list, because a file's tensors are laid out by decreasing position in it.
/// Source: huggingface/safetensors, safetensors/src/tensor.rs.
/// </remarks>
[SuppressMessage("Naming", "CA1720", Justification = "The types are the subject; both formats and every tensor library name them so.")]
public enum ElementType
{
    /// <summary>One byte, 0 or 1. safetensors BOOL, numpy |b1.</summary>
    Bool,

    /// <summary>Unsigned, 1 byte. safetensors U8, numpy |u1.</summary>
    UInt8,

    /// <summary>Signed, 1 byte. safetensors I8, numpy |i1.</summary>
    Int8,

    /// <summary>Signed, 2 bytes. safetensors I16, numpy &lt;i2.</summary>
    Int16,

    /// <summary>IEEE binary16, 2 bytes. safetensors F16, numpy &lt;f2.</summary>
    Float16,

    /// <summary>The upper half of a binary32, 2 bytes. safetensors BF16; numpy has no such type.</summary>
    BFloat16,

    /// <summary>Signed, 4 bytes. safetensors I32, numpy &lt;i4.</summary>
    Int32,

    /// <summary>IEEE binary32, 4 bytes. safetensors F32, numpy &lt;f4.</summary>
    Float32,

    /// <summary>IEEE binary64, 8 bytes. safetensors F64, numpy &lt;f8.</summary>
    Float64,

    /// <summary>Signed, 8 bytes. safetensors I64, numpy &lt;i8.</summary>
    Int64,

    /// <summary>A string of at most <see cref="ArrayLayout.TextLength"/> UTF-32 units, padded with zeros. numpy &lt;U; not in
    /// safetensors.</summary>
    Text,
}
