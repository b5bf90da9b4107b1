using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Dfx.Numerics.Files;

/// <summary>What stands before the elements of an npy file: magic, version, and a Python dict padded with spaces.</summary>
/// <param name="Layout">Element type and shape.</param>
/// <param name="FortranOrder">True when the first index varies fastest.</param>
/// <remarks>Source: numpy's lib/format.py and NEP 1.</remarks>
internal sealed record NpyHeader(ArrayLayout Layout, bool FortranOrder)
{
    // No dict that is accepted here comes near this; it bounds what a wrong length field can make us allocate.
    private const int MaxLength = ushort.MaxValue;

    // numpy pads so that the elements begin at a multiple of this.
    private const int Alignment = 64;

    // numpy leaves room for the first extent to grow to this many digits in place.
    private const int GrowthDigits = 21;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header of version 1.0, 2.0 or 3.0 and checks that exactly its elements follow.</summary>
    /// <exception cref="TensorFileException">Not an npy file, an element type unknown here, or a wrong number of bytes.</exception>
    public static NpyHeader Read(ByteSource source)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        source.ReadExactly(start);
        if (!start.StartsWith(Magic))
        {
            throw source.Error("does not begin with the bytes 93 'NUMPY'; this is not an npy file");
        }

        var dict = new byte[ReadLength(source, start[^2], start[^1])];
        source.ReadExactly(dict);
        var header = new NpyDictParser(dict, source).Parse();
        return header.Layout.ByteLength == source.Remaining
            ? header
            : throw source.Error(
                $"the header says {header.Layout}, {header.Layout.ByteLength} bytes; "
                + $"{source.Remaining} follow it at offset {source.Position}");
    }

    /// <summary>The header of a C-order array as current numpy writes it: version 1.0, equal bytes for equal layouts.</summary>
    /// <exception cref="ArgumentException">numpy has no such element type.</exception>
    public static byte[] Format(ArrayLayout layout)
    {
        var extents = layout.Shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)).ToArray();
        var tuple = extents.Length == 1 ? $"({extents[0]},)" : $"({string.Join(", ", extents)})";
        var growth = extents.Length == 0 ? 0 : GrowthDigits - extents[0].Length;
        var dict = $"{{'descr': '{Descr(layout)}', 'fortran_order': False, 'shape': {tuple}, }}{new string(' ', growth)}";

        var fixedLength = Magic.Length + 2 + sizeof(ushort);
        var unpadded = fixedLength + dict.Length + 1;
        // A full line of padding when none is needed: so does numpy.
        var header = new byte[unpadded + Alignment - (unpadded % Alignment)];
        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        (header[Magic.Length], header[Magic.Length + 1]) = (1, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(Magic.Length + 2), (ushort)(header.Length - fixedLength));
        Encoding.ASCII.GetBytes(dict, header.AsSpan(fixedLength));
        header[^1] = (byte)'\n';
        return header;
    }

    private static int ReadLength(ByteSource source, byte major, byte minor)
    {
        if (major is < 1 or > 3 || minor != 0)
        {
            throw source.Error($"npy format version {major}.{minor} at offset {Magic.Length}; expected 1.0, 2.0 or 3.0");
        }

        Span<byte> field = stackalloc byte[sizeof(uint)];
        field.Clear();
        source.ReadExactly(major == 1 ? field[..sizeof(ushort)] : field);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(field);
        var limit = Math.Min(MaxLength, source.Remaining);
        return length <= limit
            ? (int)length
            : throw source.Error($"the header's length at offset {Magic.Length + 2} is {length}; expected at most {limit}");
    }

    private static string Descr(ArrayLayout layout) => layout.Type == ElementType.Text
        ? $"<U{layout.TextLength}"
        : ElementFormat.Of(layout.Type)!.Numpy
            ?? throw new ArgumentException($"numpy has no {layout.Type}; convert the array to Float32, or use safetensors");
}
