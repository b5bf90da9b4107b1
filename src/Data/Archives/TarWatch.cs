namespace Dfx.Data.Archives;

/// <summary>
/// Watches a tar archive's headers as they are read. System.Formats.Tar asks for as much memory as the header of a long name or of extended
/// attributes promises, up to 2 GiB, before a byte of it is there; such promises are refused here, and so is what could hide one: attributes
/// that give another size than the header, and sizes that are no plain octal numbers.
/// </summary>
/// <remarks>Source: POSIX.1-2017, pax, "ustar Interchange Format" for offsets and type flags; L and K are GNU tar's.</remarks>
internal sealed class TarWatch
{
    private const int Block = 512;
    private const int SizeAt = 124;
    private const int SizeLength = 12;
    private const int TypeAt = 156;

    private readonly byte[] _header = new byte[Block];
    private readonly List<byte> _attributes = [];
    private int _filled;
    private long _data;
    private bool _keep;

    /// <summary>Takes the next bytes of the archive.</summary>
    /// <exception cref="InvalidDataException">A header is not one that any archiver of datasets writes.</exception>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = (int)Math.Min(bytes.Length, _data > 0 ? _data : Block - _filled);
            if (_data > 0)
            {
                TakeData(bytes[..count]);
            }
            else
            {
                TakeHeader(bytes[..count]);
            }

            bytes = bytes[count..];
        }
    }

    private void TakeHeader(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_header.AsSpan(_filled));
        _filled += bytes.Length;
        if (_filled < Block)
        {
            return;
        }

        var (size, metadata) = (Size(), _header[TypeAt] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K');
        if (metadata && size > Limits.TarMetadata)
        {
            throw new InvalidDataException($"a name or attributes of {size} bytes; expected at most {Limits.TarMetadata}.");
        }

        (_filled, _keep, _data) = (0, metadata, (size + Block - 1) / Block * Block);
        _attributes.Clear();
    }

    private void TakeData(ReadOnlySpan<byte> bytes)
    {
        _data -= bytes.Length;
        if (_keep)
        {
            _attributes.AddRange(bytes);
            if (System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_attributes).IndexOf(" size="u8) >= 0)
            {
                throw new InvalidDataException("attributes give another size than the header.");
            }
        }
    }

    private long Size()
    {
        var digits = _header.AsSpan(SizeAt, SizeLength).Trim((byte)' ').TrimEnd((byte)0).Trim((byte)' ');
        var size = 0L;
        foreach (var digit in digits)
        {
            size = digit is >= (byte)'0' and <= (byte)'7' ? (8 * size) + digit - '0' : throw new InvalidDataException("the size of an entry is no octal number.");
        }

        return size;
    }
}
