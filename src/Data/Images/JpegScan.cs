using System.Numerics;

namespace Dfx.Data.Images;

/// <summary>
/// A scan of a JPEG image, read through without computing pixels: JPEG has no checksum, and damage shows in codes that do not exist, and in
/// more or fewer bytes than the blocks need. Skia tells nobody.
/// </summary>
/// <param name="frame">The image.</param>
/// <param name="parts">The scan's components with their tables.</param>
/// <param name="first">The first coefficient that it has of each block.</param>
/// <param name="last">The last one.</param>
/// <param name="refines">Whether it has one bit more of each, in a progressive image.</param>
/// <remarks>Source: ITU-T T.81, annexes F.2 (sequential) and G.2 (progressive); names of variables are those of its figures.</remarks>
internal sealed class JpegScan(JpegFrame frame, IReadOnlyList<JpegScan.Part> parts, int first, int last, bool refines)
{
    private const int Restarts = 8;
    private const int LongRun = 15;

    // Encoders may leave a few bytes at the end; libjpeg notices eight or more.
    private const int SpareBits = 64;

    // Blocks that end before they begin.
    private int _endOfBandRun;

    /// <summary>Reads through all blocks.</summary>
    /// <param name="bytes">The scan, from behind its header to before the next segment.</param>
    /// <param name="restart">How many units there are between marks of restart; 0 if there are none.</param>
    /// <param name="memory">Used again by the next scan.</param>
    /// <exception cref="InvalidDataException">The blocks need other bytes than there are.</exception>
    public void Check(ReadOnlySpan<byte> bytes, int restart, ref byte[] memory)
    {
        var units = parts.Count == 1 ? frame.Blocks(parts[0].Component) : frame.Units;
        var interval = restart == 0 ? units : restart;
        for (var (at, number) = (0, 0); at < units; (at, number) = (at + interval, number + 1))
        {
            var end = JpegSegments.NextMark(bytes);
            var bits = new JpegBits(bytes[..end], ref memory);
            Units(at, Math.Min(at + interval, units), ref bits);
            bytes = bytes[end..];
            var (isLast, mark) = (at + interval >= units, bytes.Length < 2 ? 0 : bytes[1]);
            if (bits.Left < 0 || bits.Left >= (isLast ? SpareBits : 8) || (!isLast && mark != JpegSegments.FirstRestart + (number % Restarts)))
            {
                throw Damaged();
            }

            bytes = bytes.Length < 2 ? [] : bytes[2..];
        }

        if (!bytes.IsEmpty)
        {
            throw Damaged();
        }
    }

    /// <summary>The error of a scan that cannot be read.</summary>
    public static InvalidDataException Damaged() => new("a JPEG image whose pixels are damaged");

    private void Units(int from, int to, ref JpegBits bits)
    {
        _endOfBandRun = 0;
        for (var unit = from; unit < to; unit++)
        {
            foreach (var part in parts)
            {
                var blocks = parts.Count == 1 ? 1 : part.Component.Across * part.Component.Down;
                for (var block = 0; block < blocks; block++)
                {
                    Block(part, unit, ref bits);
                }
            }
        }
    }

    private void Block(Part part, int unit, ref JpegBits bits)
    {
        if (!frame.IsProgressive)
        {
            bits.Skip(bits.Symbol(part.Direct));
            Sequential(part.Alternating, ref bits);
        }
        else if (first == 0)
        {
            bits.Skip(refines ? 1 : bits.Symbol(part.Direct));
        }
        else if (refines)
        {
            Refine(part.Alternating, ref part.Component.Known[unit], ref bits);
        }
        else
        {
            First(part.Alternating, ref part.Component.Known[unit], ref bits);
        }
    }

    private static void Sequential(JpegHuffman table, ref JpegBits bits)
    {
        for (var k = 1; k <= JpegFrame.LastCoefficient; k++)
        {
            var (run, size) = bits.RunAndSize(table);
            if (size == 0 && run < LongRun)
            {
                return;
            }

            bits.Skip(size);
            k += run;
        }
    }

    // Figure G.3.
    private void First(JpegHuffman table, ref ulong known, ref JpegBits bits)
    {
        for (var k = first; k <= last && _endOfBandRun == 0; k++)
        {
            var (run, size) = bits.RunAndSize(table);
            if (size == 0 && run < LongRun)
            {
                _endOfBandRun = (1 << run) + bits.Read(run);
                break;
            }

            bits.Skip(size);
            k += run;
            known |= size == 0 ? 0 : 1UL << k;
        }

        _endOfBandRun = Math.Max(0, _endOfBandRun - 1);
    }

    // Figures G.7 to G.9: those that are not zero so far have a bit of correction each.
    private void Refine(JpegHuffman table, ref ulong known, ref JpegBits bits)
    {
        var k = first;
        for (; k <= last && _endOfBandRun == 0; k++)
        {
            var (run, size) = bits.RunAndSize(table);
            if (size == 0 && run < LongRun)
            {
                _endOfBandRun = (1 << run) + bits.Read(run);
                break;
            }

            bits.Skip(size is 0 or 1 ? size : throw Damaged());
            for (; k <= last && (IsKnown(known, k) || --run >= 0); k++)
            {
                bits.Skip(IsKnown(known, k) ? 1 : 0);
            }

            known |= size == 0 || k > last ? 0 : 1UL << k;
        }

        if (_endOfBandRun > 0)
        {
            bits.Skip(BitOperations.PopCount((known & (ulong.MaxValue >> (JpegFrame.LastCoefficient - last))) >> k));
            _endOfBandRun--;
        }
    }

    private static bool IsKnown(ulong known, int k) => ((known >> k) & 1) != 0;

    /// <summary>A component of a scan.</summary>
    /// <param name="Component">Its place in the frame.</param>
    /// <param name="Direct">The table of direct currents, the means of blocks.</param>
    /// <param name="Alternating">The table of all other coefficients.</param>
    internal readonly record struct Part(JpegComponent Component, JpegHuffman Direct, JpegHuffman Alternating);
}
