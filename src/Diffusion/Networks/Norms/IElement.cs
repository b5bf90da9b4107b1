using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dfx.Diffusion;

/// <summary>How eight numbers lie in memory; they are float32 in registers.</summary>
internal unsafe interface IElement
{
    static abstract Vector256<float> Load(void* start, long index);

    static abstract void Store(Vector256<float> values, void* start, long index);
}

/// <summary>float32.</summary>
internal readonly unsafe struct SingleElement : IElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(void* start, long index) => Vector256.Load((float*)start + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> values, void* start, long index) => values.Store((float*)start + index);
}

/// <summary>bfloat16: the upper half of a float32, rounded to the nearest, ties to even.</summary>
internal readonly unsafe struct Bfloat16Element : IElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(void* start, long index)
    {
        var (low, high) = Vector128.Widen(Vector128.Load((ushort*)start + index));
        return (Vector256.Create(low, high) << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> values, void* start, long index)
    {
        var bits = values.AsUInt32();
        var rounded = bits + Vector256.Create(0x7FFFu) + ((bits >> 16) & Vector256<uint>.One);
        // Rounding must not carry a NaN into infinity or a number.
        var upper = Vector256.ConditionalSelect(Vector256.Equals(values, values).AsUInt32(), rounded, Vector256.Create(0x7FC00000u)) >> 16;
        Vector128.Narrow(upper.GetLower(), upper.GetUpper()).Store((ushort*)start + index);
    }
}
