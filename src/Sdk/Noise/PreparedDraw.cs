using System.Runtime.CompilerServices;
using Dfx.Numerics.Noise;

namespace Dfx.Sdk;

/// <summary>Which numbers a step draws, whatever the step.</summary>
/// <param name="Key">Seed and purpose.</param>
/// <param name="Fill">The distribution.</param>
/// <param name="Start">The place in the draw of the first number.</param>
/// <param name="Count">How many.</param>
internal readonly record struct NoiseRequest(NoiseKey Key, NoiseFill Fill, long Start, int Count);

/// <summary>How far the numbers of a step are.</summary>
internal enum Preparation
{
    /// <summary>Nobody wants them.</summary>
    None,

    /// <summary>They are to be made.</summary>
    Wanted,

    /// <summary>They are being made.</summary>
    Running,

    /// <summary>They are there.</summary>
    Ready,
}

/// <summary>The numbers of one draw, made ahead into memory that is kept from step to step.</summary>
/// <param name="request">Which draw.</param>
internal sealed class PreparedDraw(NoiseRequest request) : IDisposable
{
    private nint _memory;

    internal NoiseRequest Request { get; } = request;

    /// <summary>The step that asked last; null before the first.</summary>
    internal uint? Last { get; set; }

    /// <summary>Whose numbers they are, or are to be.</summary>
    internal uint Step { get; set; }

    internal Preparation State { get; set; }

    /// <summary>The numbers, [<see cref="NoiseRequest.Count"/>], float32, on the CPU.</summary>
    internal torch.Tensor? Values { get; private set; }

    /// <summary>Makes room for the numbers, at the first call. The memory is libtorch's: it stays where it is.</summary>
    internal unsafe void MakeRoom()
    {
        if (Values is null)
        {
            Values = torch.empty(Request.Count, dtype: torch.ScalarType.Float32).DetachFromDisposeScope();
            _memory = (nint)Unsafe.AsPointer(ref Values.bytes[0]);
        }
    }

    /// <summary>Makes the numbers of <see cref="Step"/>.</summary>
    internal unsafe void Fill() => Request.Fill(Request.Key, 0, Step, new Span<float>((float*)_memory, Request.Count), Request.Start);

    public void Dispose() => Values?.Dispose();
}
