using System.Buffers.Binary;

namespace Dfx.Data.Images;

/// <summary>What must be known of a PNG file's chunks before Skia decodes it.</summary>
/// <param name="Depth">Bits a channel.</param>
/// <param name="Colours">The colour type: a sum of <see cref="Palette"/>, <see cref="Colour"/> and <see cref="Alpha"/>.</param>
/// <param name="PaletteAt">Where the palette's chunk begins; 0 where there is none.</param>
/// <param name="PaletteLength">Bytes of the palette.</param>
/// <param name="Transparencies">Bytes of the chunk that says what is transparent.</param>
/// <remarks>Source: ISO/IEC 15948, "Portable Network Graphics", sections 5 and 11.</remarks>
internal readonly record struct PngChunks(int Depth, int Colours, int PaletteAt, int PaletteLength, int Transparencies)
{
    /// <summary>The colour type of images with a palette, which have colours too.</summary>
    public const int Palette = 1;

    /// <summary>The colour type of images that are not grey.</summary>
    public const int Colour = 2;

    /// <summary>The colour type of images with a channel of alpha.</summary>
    public const int Alpha = 4;

    /// <summary>Bytes of a chunk beside its data: length and type before it, the checksum behind.</summary>
    public const int Frame = 12;

    private const int SignatureLength = 8;
    private const int DepthAt = 24;
    private const byte Ancillary = 0x20;

    /// <summary>The last chunk, with its checksum: Skia does not look for it once it has all pixels.</summary>
    private static ReadOnlySpan<byte> End => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xae, 0x42, 0x60, 0x82];

    /// <summary>Walks through all chunks. The decoder checks their data and checksums.</summary>
    /// <exception cref="InvalidDataException">The file is cut off, or a chunk that must be understood is unknown.</exception>
    public static PngChunks Read(ReadOnlySpan<byte> png)
    {
        var (paletteAt, paletteLength, transparencies) = (0, 0, 0);
        for (int at = SignatureLength, length; png.Length - at >= Frame; at += length + Frame)
        {
            if (png[at..].StartsWith(End) && at > DepthAt)
            {
                return new(png[DepthAt], png[DepthAt + 1], paletteAt, paletteLength, transparencies);
            }

            length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(png[at..]), int.MaxValue - at - Frame);
            switch (png.Slice(at + 4, 4))
            {
                case [(byte)'P', (byte)'L', (byte)'T', (byte)'E']:
                    (paletteAt, paletteLength) = (at, length);
                    break;
                case [(byte)'t', (byte)'R', (byte)'N', (byte)'S']:
                    transparencies = length;
                    break;
                case [(byte)'I', (byte)'H', (byte)'D', (byte)'R'] or [(byte)'I', (byte)'D', (byte)'A', (byte)'T']:
                    break;
                case [var first, ..] when (first & Ancillary) == 0:
                    throw new InvalidDataException($"a PNG image whose chunk at byte {at} is damaged or of an unknown kind");
            }
        }

        throw new InvalidDataException("a PNG image without its last chunk: the file is cut off or damaged");
    }
}
