using System.Runtime.InteropServices;

namespace Dfx.Torch.Interop;

/// <summary>The constants of an Adam step, as the shim takes them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AdamSettings(
    double LearningRate, double Beta1, double Beta2, double Eps, double WeightDecay, int Decoupled, int Maximize);
