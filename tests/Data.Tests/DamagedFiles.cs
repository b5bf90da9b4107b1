using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Hashing;
using System.Text;
using Dfx.Data.Archives;
using Dfx.Data.Idx;
using Dfx.Data.Images;
using Dfx.Numerics.Tests.Files;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>Images, archives and IDX files, to be damaged.</summary>
internal static class DamagedFiles
{
    // Streams, tables, messages; the first piece of a content whose length is only promised.
    private const long Allowance = (256 << 10) + Limits.FirstPiece;

    // What a byte of a file may ask for: deflate's bound on pixels of a bit for PNG, a bit a block for JPEG, whose check keeps a bit a coefficient.
    private const long PngBytes = 4 * 8 * 1032;
    private const long JpegBytes = (4 + 1) * 512;

    /// <summary>All kinds.</summary>
    internal static IReadOnlyList<FuzzedKind> Kinds() =>
    [
        Kind(
            "idx", 4, [IdxSamples.Small, IdxSamples.Gzip(IdxSamples.Small), IdxSamples.Gzip([0, 0, 8, 2, 0, 0, 0, 100, 0, 0, 3, 232, .. new byte[100_000]])],
            (mutator, file, other) => mutator.Next(3) == 0 ? mutator.EditField(file, mutator.Next(20), mutator.Pick([1, 2, 4])) : mutator.Damage(file, other),
            file => IdxReader.Read(file, "case")),
        Kind("png", PngBytes, [.. new[] { "rgba.png", "palette.png", "greyalpha.png", "deep.png", "interlaced.png" }.Select(Samples.Golden)], DamagePng, Decode),
        Kind("jpeg", JpegBytes, [.. new[] { "colour.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "restarts.jpg", "sampled.jpg" }.Select(Samples.Golden)], DamageJpeg, Decode),
        // A few bytes of WebP can be any number of pixels.
        Kind(
            "webp", long.MaxValue >> 20, [.. new[] { "lossless.webp", "lossy.webp", "icc.webp", "animated.webp" }.Select(Samples.Golden)],
            (mutator, file, other) => mutator.Next(3) == 0 ? mutator.EditField(file, mutator.Next(40), mutator.Pick([1, 2, 4])) : mutator.Damage(file, other), Decode),
        Kind(
            "bmp", 4 * 8, [BmpSamples.Bmp(24, BmpSamples.Rows(24)), BmpSamples.Bmp(32, BmpSamples.Rows(32), 3, 124), BmpSamples.Bmp(1, new byte[16], palette: new byte[8])],
            (mutator, file, other) => mutator.Next(3) > 0 ? mutator.EditField(file, mutator.Next(70), mutator.Pick([1, 2, 4])) : mutator.Damage(file, other), Decode),
        Kind(
            "zip", Limits.Ratio, [Samples.Zip(("a.png", new byte[100]), ("b/c.png", [1, 2, 3])), Samples.Zip(("zeros", new byte[100_000]), ("d.txt", new byte[50]))],
            (mutator, file, other) => mutator.Next(3) > 0 ? mutator.EditZip(file) : mutator.Damage(file, other), ReadZip),
        Kind(
            "tar", 16,
            [
                Samples.Tar(TarEntryFormat.Ustar, ("a.png", new byte[100]), ("b/c.png", [1, 2, 3])), Samples.Tar(TarEntryFormat.Gnu, (new string('n', 150), new byte[700])),
                Samples.Tar(("ß.png", new byte[600])), Samples.Tar(TarEntryFormat.V7, ("e", [5])),
            ],
            DamageTar, ReadTar),
        Kind(
            "packed tar", Limits.Ratio, [IdxSamples.Gzip(Samples.Tar(("a.png", new byte[100]), ("b", new byte[40_000])))],
            (mutator, file, other) => mutator.Next(2) == 0 ? mutator.Damage(file, other) : IdxSamples.Gzip(DamageTar(mutator, Samples.Tar(("a", new byte[9])), other)), ReadTar),
    ];

    private static FuzzedKind Kind(string name, long bytesPerByte, byte[][] seeds, Func<Mutator, byte[], byte[], byte[]> damage, Action<byte[]> read) =>
        new(name, seeds, damage, Read(read), e => e is InvalidDataException or DataUnavailableException) { Allowance = Allowance, BytesPerByte = bytesPerByte };

    private static Func<byte[], long> Read(Action<byte[]> read) => file =>
    {
        read(file);
        return 0;
    };

    private static void ReadTar(byte[] file) => TarUnpacking.Read(new MemoryStream(file), "case", (_, content) => content.CopyTo(Stream.Null));

    private static void Decode(byte[] file) => ImagePixels.Decode(file, new());

    private static void ReadZip(byte[] file)
    {
        using var files = ZipFiles.Open(new MemoryStream(file), "case");
        var memory = Array.Empty<byte>();
        foreach (var name in files.Names)
        {
            files.Read(name, ref memory);
        }
    }

    // Three times in four the checksums follow, so that the damage reaches what lies behind them.
    private static byte[] DamagePng(Mutator mutator, byte[] file, byte[] other)
    {
        var damaged = mutator.Next(4) == 0 ? mutator.EditField(file, 8 + mutator.Next(30), mutator.Pick([1, 2, 4])) : mutator.Damage(file, other);
        for (var at = 8; mutator.Next(8) > 0 && at + 12 <= damaged.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(damaged.AsSpan(at));
            if (length > damaged.Length - at - 12)
            {
                break;
            }

            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(damaged.AsSpan(end), Crc32.HashToUInt32(damaged.AsSpan(at + 4, (int)length + 4)));
            at = end + 4;
        }

        return damaged;
    }

    private static byte[] DamageJpeg(Mutator mutator, byte[] file, byte[] other)
    {
        // Sizes, components and tables stand behind the markers.
        var marker = file.AsSpan(mutator.Next(file.Length)).IndexOf((byte)0xff);
        return mutator.Next(2) == 0 && marker >= 0 ? mutator.EditField(file, marker + 1 + mutator.Next(12), mutator.Pick([1, 2])) : mutator.Damage(file, other);
    }

    private static byte[] DamageTar(Mutator mutator, byte[] file, byte[] other)
    {
        var damaged = (file.Length < 512 ? 0 : mutator.Next(3)) switch
        {
            0 => mutator.Damage(file, other),
            1 => mutator.EditField(file, mutator.Next(512), mutator.Pick([1, 2, 4])),
            _ => Mutator.Splice(file, 124, 12, Encoding.ASCII.GetBytes(mutator.Pick(["77777777777\0", "00000000144\0", "\u0001\u0002         \0", "00000001000 "]))),
        };
        for (var at = 0; mutator.Next(8) > 0 && at + 512 <= damaged.Length; at += 512)
        {
            var block = damaged.AsSpan(at, 512);
            block.Slice(148, 8).Fill((byte)' ');
            var sum = 0;
            foreach (var value in block)
            {
                sum += value;
            }

            Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(block[148..]);
        }

        return damaged;
    }
}
