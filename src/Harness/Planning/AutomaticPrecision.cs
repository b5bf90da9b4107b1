using Dfx.Harness.Doctor;
using Dfx.Sdk;

namespace Dfx.Harness.Planning;

/// <summary>
/// What <c>precision: auto</c> means: bfloat16 on CUDA and on processors that are faster in it, else float32. <c>dfx doctor</c> measures both and
/// says where the rule is wrong.
/// </summary>
/// <remarks>The rule asks for the kind of machine and never for a time: two machines of one kind agree. The precision is part of every key.</remarks>
internal static class AutomaticPrecision
{
    /// <summary>The precision for a device of this machine.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    internal static Precision On(string device) => device != "cpu" || Processor.PrefersBfloat16 ? Precision.Bfloat16 : Precision.Float32;
}
