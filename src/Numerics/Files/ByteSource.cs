using System.IO.Hashing;

namespace Dfx.Numerics.Files;

/// <summary>A stream of known length that is read once, front to back, into memory the caller owns, with an optional checksum.</summary>
/// <param name="stream">The bytes; closed with the source.</param>
/// <param name="length">How many there are said to be.</param>
/// <param name="checksum">Their CRC-32, or null when none is known.</param>
/// <param name="place">The place, for errors.</param>
internal sealed class ByteSource(Stream stream, long length, uint? checksum, FilePlace place) : IDisposable
{
    // Large reads go in pieces of this size, so that the checksum finds them in the processor's cache.
    private const int PieceSize = 1 << 18;

    private readonly Crc32 _crc = new();

    public FilePlace Place => place;

    /// <summary>How many bytes have been read.</summary>
    public long Position { get; private set; }

    /// <summary>How many bytes are left.</summary>
    public long Remaining => length - Position;

    /// <summary>Fills all of the span.</summary>
    /// <exception cref="TensorFileException">Fewer bytes are left, or they cannot be unpacked.</exception>
    public void ReadExactly(Span<byte> destination)
    {
        if (destination.Length > Remaining)
        {
            throw Error($"ends at byte {length}, where {destination.Length - Remaining} more were expected");
        }

        while (destination.Length > 0)
        {
            var piece = destination[..Math.Min(destination.Length, PieceSize)];
            ReadPiece(piece);
            destination = destination[piece.Length..];
        }
    }

    /// <summary>Checks that nothing is left and that the checksum is right.</summary>
    /// <exception cref="TensorFileException">Bytes are left, or the checksum differs.</exception>
    public void Finish()
    {
        if (Remaining != 0)
        {
            throw Error($"{Remaining} bytes are left after byte {Position}; expected none");
        }

        if (checksum is { } expected && _crc.GetCurrentHashAsUInt32() is var found && found != expected)
        {
            throw Error($"the bytes have CRC-32 {found:x8}, the zip directory says {expected:x8}; the file is damaged, fetch it again");
        }
    }

    public void Dispose() => stream.Dispose();

    public TensorFileException Error(string problem, Exception? inner = null) => place.Error(problem, inner);

    private void ReadPiece(Span<byte> piece)
    {
        try
        {
            stream.ReadExactly(piece);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw Error($"the bytes from {Position} on are cut short or cannot be unpacked: {e.Message}", e);
        }

        Position += piece.Length;
        if (checksum is not null)
        {
            _crc.Append(piece);
        }
    }
}
