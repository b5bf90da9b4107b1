using System.Buffers.Binary;

namespace Dfx.Data.Images;

/// <summary>What the header of a JPEG frame says.</summary>
/// <param name="Marker">Its kind of coding.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Components">Its channels.</param>
/// <remarks>Source: ITU-T T.81, B.2.2 and A.2.</remarks>
internal sealed record JpegFrame(byte Marker, int Width, int Height, IReadOnlyList<JpegComponent> Components)
{
    /// <summary>The last coefficient of a block, the first being 0.</summary>
    public const int LastCoefficient = 63;

    private const int HeaderLength = 6;
    private const int Each = 3;
    private const int Precision = 8;
    private const int BlockSide = 8;
    private const int ScanLength = 4;

    /// <summary>Whether the pixels come in several scans, each a part of their bits.</summary>
    public bool IsProgressive => Marker == 0xc2;

    /// <summary>Whether codes are Huffman's, and blocks are of 8x8.</summary>
    public bool IsHuffman => Marker is 0xc0 or 0xc1 or 0xc2;

    private int Across => Components.Max(c => c.Across);

    private int Down => Components.Max(c => c.Down);

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">It has four channels (CMYK), is of a kind that libjpeg does not read, or says what none can say.</exception>
    public static JpegFrame Read(byte marker, ReadOnlySpan<byte> data)
    {
        CheckKind(marker, data);
        var count = data.Length < HeaderLength ? 0 : data[HeaderLength - 1];
        if (count is not (1 or 3) || data.Length < HeaderLength + (count * Each))
        {
            throw new InvalidDataException(count == 4
                ? "a JPEG image of four channels (CMYK); expected grey or colour. Convert it to RGB first"
                : $"a JPEG image of {count} channels; expected 1 (grey) or 3 (colour)");
        }

        var components = new JpegComponent[count];
        for (var i = 0; i < count; i++)
        {
            var part = data.Slice(HeaderLength + (i * Each), Each);
            components[i] = new(part[0], part[1] >> 4, part[1] & 15);
        }

        return components.All(c => c.Across is >= 1 and <= 4 && c.Down is >= 1 and <= 4)
            ? new(marker, BinaryPrimitives.ReadUInt16BigEndian(data[3..]), BinaryPrimitives.ReadUInt16BigEndian(data[1..]), components)
            : throw new InvalidDataException("a JPEG image whose header is damaged");
    }

    /// <summary>
    /// Reads the header of a scan. One that a decoder refuses, or whose tables are missing (they are then standard ones), is none to check.
    /// </summary>
    /// <param name="data">The header.</param>
    /// <param name="tables">The tables so far: four of direct currents, then four of alternating ones.</param>
    public JpegScan? Scan(ReadOnlySpan<byte> data, JpegHuffman?[] tables)
    {
        var count = data.Length > 0 ? data[0] : 0;
        if (!IsHuffman || data.Length != ScanLength + (2 * count) || count == 0)
        {
            return null;
        }

        var (first, last, refines) = IsProgressive ? (data[^3], data[^2], data[^1] > 15) : (0, LastCoefficient, false);
        if (last > LastCoefficient || first > last || (first > 0 && count > 1))
        {
            return null;
        }

        var parts = new List<JpegScan.Part>();
        for (var i = 1; i < data.Length - 3; i += 2)
        {
            var (id, direct, alternating) = (data[i], tables[(data[i + 1] >> 4) & 3], tables[4 + (data[i + 1] & 3)]);
            if (Components.FirstOrDefault(c => c.Id == id) is not { } component || (direct is null && first == 0 && !refines) || (alternating is null && last > 0))
            {
                return null;
            }

            component.Known = first > 0 && component.Known.Length == 0 ? new ulong[Blocks(component)] : component.Known;
            parts.Add(new(component, direct ?? JpegHuffman.Empty, alternating ?? JpegHuffman.Empty));
        }

        return new(this, parts, first, last, refines);
    }

    /// <summary>How many blocks a component has of its own: in scans of this component alone, there are no others.</summary>
    public int Blocks(JpegComponent component) =>
        Ceiling(Width * component.Across, BlockSide * Across) * Ceiling(Height * component.Down, BlockSide * Down);

    /// <summary>How many units a scan of several components has: each holds <see cref="JpegComponent.Across"/> times
    /// <see cref="JpegComponent.Down"/> blocks of each.</summary>
    public int Units => Ceiling(Width, BlockSide * Across) * Ceiling(Height, BlockSide * Down);

    // Table B.1: progressive and sequential, with codes of Huffman's or arithmetic; the others are lossless or differential.
    private static void CheckKind(byte marker, ReadOnlySpan<byte> data)
    {
        if (marker is not (0xc0 or 0xc1 or 0xc2 or 0xc9 or 0xca))
        {
            throw new InvalidDataException($"a JPEG image of a rare kind, lossless or differential (marker {marker:X2}); expected baseline or progressive. Convert it first");
        }

        if (data.Length > 0 && data[0] != Precision)
        {
            throw new InvalidDataException($"a JPEG image of {data[0]} bits a channel; expected 8. Convert it first");
        }
    }

    private static int Ceiling(int number, int divisor) => (number + divisor - 1) / divisor;
}

/// <summary>A channel of a JPEG frame.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Across">How many blocks a unit has across.</param>
/// <param name="Down">How many blocks a unit has down.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down)
{
    /// <summary>Of each block, which of its 64 coefficients are not zero so far; progressive images alone need it.</summary>
    public ulong[] Known { get; set; } = [];
}
