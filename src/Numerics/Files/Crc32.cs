namespace Dfx.Numerics.Files;

/// <summary>The checksum of zip members (reflected polynomial 0xEDB88320), eight bytes a step.</summary>
/// <remarks>Source: ISO 3309; the eight tables are Kounavis and Berry, "A Systematic Approach to Building High Performance CRC
/// Generators", 2005.</remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Step = 8;

    // Tables[k][b]: what byte b contributes when k more bytes follow it.
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Extends the checksum of some bytes by more; that of no bytes is 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        while (bytes.Length >= Step)
        {
            crc ^= BitConverter.ToUInt32(bytes);
            crc = Tables[7][(byte)crc] ^ Tables[6][(byte)(crc >> 8)] ^ Tables[5][(byte)(crc >> 16)] ^ Tables[4][crc >> 24]
                ^ Tables[3][bytes[4]] ^ Tables[2][bytes[5]] ^ Tables[1][bytes[6]] ^ Tables[0][bytes[7]];
            bytes = bytes[Step..];
        }

        foreach (var b in bytes)
        {
            crc = (crc >> 8) ^ Tables[0][(byte)(crc ^ b)];
        }

        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[Step][];
        for (var k = 0; k < Step; k++)
        {
            tables[k] = new uint[256];
            for (var b = 0; b < 256; b++)
            {
                tables[k][b] = k == 0 ? OfByte((uint)b) : (tables[k - 1][b] >> 8) ^ tables[0][(byte)tables[k - 1][b]];
            }
        }

        return tables;
    }

    private static uint OfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value >> 1) ^ ((value & 1) * Polynomial);
        }

        return value;
    }
}
