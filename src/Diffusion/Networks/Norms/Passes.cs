using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dfx.Diffusion;

/// <summary>
/// Passes over the pixels of one image [H, W, C] for eight channels at a time. A lane is a channel, so the order of every sum, and with it
/// every bit, is the same on registers of any length.
/// </summary>
/// <typeparam name="T">How the numbers lie in memory.</typeparam>
internal static unsafe class Passes<T>
    where T : IElement
{
    /// <summary>How many channels a pass is over.</summary>
    internal const int Lanes = 8;

    /// <summary>The numbers of the channels of a pass.</summary>
    internal static Vector256<float> At(ReadOnlySpan<float> numbers, int channel) => Vector256.Create(numbers.Slice(channel, Lanes));

    /// <summary>The sum over pixels of (x - centre)^power, power 1 or 2. Four sums side by side keep rounding small and the processor busy.</summary>
    internal static Vector256<float> Sum(void* x, long at, in GroupPlan plan, Vector256<float> centre, bool squared)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var (stride, p) = (plan.Channels, 0);
        for (; p + 4 <= plan.Pixels; p += 4, at += 4 * stride)
        {
            a = Added(a, T.Load(x, at) - centre, squared);
            b = Added(b, T.Load(x, at + stride) - centre, squared);
            c = Added(c, T.Load(x, at + (2 * stride)) - centre, squared);
            d = Added(d, T.Load(x, at + (3 * stride)) - centre, squared);
        }

        for (; p < plan.Pixels; p++, at += stride)
        {
            a = Added(a, T.Load(x, at) - centre, squared);
        }

        return a + b + (c + d);
    }

    /// <summary>y = f(scale x + offset), f SiLU or nothing.</summary>
    internal static void Forward(void* x, void* y, long at, in GroupPlan plan, Vector256<float> scale, Vector256<float> offset)
    {
        var silu = plan.Silu;
        for (var p = 0; p < plan.Pixels; p++, at += plan.Channels)
        {
            var z = Vector256.FusedMultiplyAdd(T.Load(x, at), scale, offset);
            T.Store(silu ? z * Sigmoid.Of(z) : z, y, at);
        }
    }

    /// <summary>dz = dy f'(z) into <paramref name="dz"/>, and the sums over pixels of dz, dz u and u, where u = x / deviation + origin is the normalised number.</summary>
    internal static (Vector256<float> Dz, Vector256<float> DzU, Vector256<float> U) Outer(
        void* x, void* dy, void* dz, long at, in GroupPlan plan, in Lines lines, int channel)
    {
        var (scale, offset) = (At(lines.Scale, channel), At(lines.Offset, channel));
        var (unit, origin) = (At(lines.Unit, channel), At(lines.Origin, channel));
        var (first, second, third) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var silu = plan.Silu;
        for (var p = 0; p < plan.Pixels; p++, at += plan.Channels)
        {
            var number = T.Load(x, at);
            var slope = T.Load(dy, at);
            if (silu)
            {
                var z = Vector256.FusedMultiplyAdd(number, scale, offset);
                var s = Sigmoid.Of(z);
                slope *= s * Vector256.FusedMultiplyAdd(z, Vector256<float>.One - s, Vector256<float>.One);
            }

            var u = Vector256.FusedMultiplyAdd(number, unit, origin);
            first += slope;
            second = Vector256.FusedMultiplyAdd(slope, u, second);
            third += u;
            T.Store(slope, dz, at);
        }

        return (first, second, third);
    }

    /// <summary>dx = scale dz + tilt x + level, over dz.</summary>
    internal static void Inner(void* x, void* dz, long at, in GroupPlan plan, Vector256<float> scale, Vector256<float> tilt, Vector256<float> level)
    {
        for (var p = 0; p < plan.Pixels; p++, at += plan.Channels)
        {
            var rest = Vector256.FusedMultiplyAdd(T.Load(x, at), tilt, level);
            T.Store(Vector256.FusedMultiplyAdd(T.Load(dz, at), scale, rest), dz, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Added(Vector256<float> sum, Vector256<float> number, bool squared) =>
        squared ? Vector256.FusedMultiplyAdd(number, number, sum) : sum + number;
}
