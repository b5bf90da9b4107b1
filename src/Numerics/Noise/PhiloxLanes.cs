using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dfx.Numerics.Noise;

/// <summary>
/// The blocks of four consecutive counters, computed side by side. Each vector holds one word of all four blocks, a word in the
/// low half of a 64-bit lane; the high halves are garbage, which the 32 x 32 bit multiplication ignores.
/// </summary>
/// <remarks>
/// Lanes hold blocks 0, 2, 1, 3, in this order: <see cref="Lanes.ZipEven"/> of two vectors then gives blocks 0 and 1 and
/// <see cref="Lanes.ZipOdd"/> gives blocks 2 and 3, without a permutation across the vector's halves.
/// 256 bits wide on every machine: narrower machines split such a vector cheaply, whereas emulating 512 bits is slow.
/// </remarks>
internal readonly struct PhiloxLanes
{
    /// <summary>How many blocks are computed at a time.</summary>
    internal const int Blocks = 4;

    private readonly Vector256<ulong> _w0, _w1, _w2, _w3;

    /// <summary>Applies Philox4x32-10 to 4 counters whose word 0 counts up, modulo 2^32, from that of <paramref name="first"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PhiloxLanes(PhiloxWords first, ulong key)
    {
        _w0 = Vector256.Create((ulong)first.W0) + Vector256.Create(0UL, 2, 1, 3);
        _w1 = Vector256.Create((ulong)first.W1);
        _w2 = Vector256.Create((ulong)first.W2);
        _w3 = Vector256.Create((ulong)first.W3);
        var (key0, key1) = (Vector256.Create(key), Vector256.Create(key >> 32));
        for (var round = 0; round < Philox4x32.Rounds; round++)
        {
            var product0 = Lanes.MultiplyLow32(_w0, Vector256.Create((ulong)Philox4x32.Multiplier0));
            var product1 = Lanes.MultiplyLow32(_w2, Vector256.Create((ulong)Philox4x32.Multiplier1));
            _w0 = (product1 >> 32) ^ _w1 ^ key0;
            _w1 = product1;
            _w2 = (product0 >> 32) ^ _w3 ^ key1;
            _w3 = product0;
            key0 += Vector256.Create((ulong)Philox4x32.KeyStep0);
            key1 += Vector256.Create((ulong)Philox4x32.KeyStep1);
        }
    }

    /// <summary>Words 0 (low half) and 1 (high half) of each block, as one 64-bit number.</summary>
    internal Vector256<ulong> Words01 => Lanes.Join32(_w0, _w1);

    /// <summary>Words 2 (low half) and 3 (high half) of each block, as one 64-bit number.</summary>
    internal Vector256<ulong> Words23 => Lanes.Join32(_w2, _w3);

    /// <summary>Words 0 and 2 of each block, in neighbouring 32-bit lanes.</summary>
    internal Vector256<uint> Words02 => Lanes.Join32(_w0, _w2).AsUInt32();

    /// <summary>Words 1 and 3 of each block, in neighbouring 32-bit lanes.</summary>
    internal Vector256<uint> Words13 => Lanes.Join32(_w1, _w3).AsUInt32();
}
