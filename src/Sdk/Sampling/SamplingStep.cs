namespace Dfx.Sdk;

/// <summary>A step of a walk over noise levels.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Level">The level of the state before it.</param>
/// <param name="Next">The level of the state after it.</param>
public readonly record struct SamplingStep(int Index, double Level, double Next);
