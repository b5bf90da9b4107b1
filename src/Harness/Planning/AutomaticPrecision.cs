using Dfx.Harness.Doctor;
using Dfx.Sdk;

namespace Dfx.Harness.Planning;

/// <summary>What <c>precision: auto</c> means: bfloat16 wherever the hardware multiplies in it, since it is about twice as fast there.</summary>
/// <remarks>Elsewhere bfloat16 is emulated, and many times slower than float32. The precision is part of every key, so numbers of two machines never mix.</remarks>
internal static class AutomaticPrecision
{
    /// <summary>The precision for a device of this machine.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    internal static Precision On(string device) => device != "cpu" || Processor.HasBfloat16 ? Precision.Bfloat16 : Precision.Float32;
}
