using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Packing;

/// <summary>
/// Checksums of a packed file by block, XxHash3, so that the images of a run are compared with what was packed at little cost: a block when something of it is read
/// first. They lie beside the file in <c>NAME.safetensors.blocks</c>, and are made once, after all of the file was compared with its SHA-256. Safe for several threads.
/// </summary>
internal sealed class PackBlocks
{
    /// <summary>Bytes a block: some images of 32x32, or one of 256x256.</summary>
    public const int Size = 1 << 18;

    private const string Ending = ".blocks";

    private readonly string _path;
    private readonly ulong[] _sums;
    private readonly byte[] _seen;

    private PackBlocks(string path, ulong[] sums) => (_path, _sums, _seen) = (path, sums, new byte[sums.Length]);

    /// <summary>The checksums of a file.</summary>
    /// <param name="path">The packed file.</param>
    /// <param name="hash">The SHA-256 that it records of itself.</param>
    /// <exception cref="DataUnavailableException">There are none yet, and the file is not the one that was packed.</exception>
    public static PackBlocks Of(string path, string hash)
    {
        var length = new FileInfo(path).Length;
        if (Read(path + Ending, hash, length) is { } sums)
        {
            return new(path, sums);
        }

        PackedFile.Verify(path, null, CancellationToken.None);
        sums = Sums(path, length);
        Keep(path + Ending, hash, sums);
        return new(path, sums);
    }

    /// <summary>Compares the blocks that some bytes lie in, those that were not compared before.</summary>
    /// <param name="file">The packed file.</param>
    /// <param name="offset">Of the first byte.</param>
    /// <param name="length">How many bytes.</param>
    /// <exception cref="DataUnavailableException">A byte of them has changed.</exception>
    public void Check(MappedFile file, long offset, long length)
    {
        for (var block = offset / Size; block <= (offset + Math.Max(1, length) - 1) / Size; block++)
        {
            if (Volatile.Read(ref _seen[block]) == 0)
            {
                Compare(file, block);
                Volatile.Write(ref _seen[block], 1);
            }
        }
    }

    private void Compare(MappedFile file, long block)
    {
        var bytes = new byte[Math.Min(Size, file.Length - (block * Size))];
        file.CopyTo(block * Size, bytes);
        if (XxHash3.HashToUInt64(bytes) != _sums[block])
        {
            throw new DataUnavailableException(
                $"{_path}: bytes {block * Size} to {(block * Size) + bytes.Length - 1} are not those that were packed. The file is damaged: add the data again, and what was computed since then with --reuse none.");
        }
    }

    private static ulong[] Sums(string path, long length)
    {
        using var file = new MappedFile(path);
        var (sums, buffer) = (new ulong[(length + Size - 1) / Size], new byte[Size]);
        for (var block = 0; block < sums.Length; block++)
        {
            var bytes = buffer.AsSpan(0, (int)Math.Min(Size, length - ((long)block * Size)));
            file.CopyTo((long)block * Size, bytes);
            sums[block] = XxHash3.HashToUInt64(bytes);
        }

        return sums;
    }

    /// <summary>The SHA-256 of the pack, the checksums, and one of all that.</summary>
    private static void Keep(string path, string hash, ulong[] sums)
    {
        var bytes = (byte[])[.. Encoding.ASCII.GetBytes(hash), .. MemoryMarshal.AsBytes(sums.AsSpan())];
        try
        {
            AtomicFile.Write(path, stream =>
            {
                stream.Write(bytes);
                Span<byte> own = stackalloc byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64LittleEndian(own, XxHash3.HashToUInt64(bytes));
                stream.Write(own);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Data of somebody else: they are made again next time.
        }
    }

    private static ulong[]? Read(string path, string hash, long length)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(RegularFile.Checked(path));
        var (start, count) = (hash.Length, (length + Size - 1) / Size);
        return bytes.Length == start + ((count + 1) * sizeof(ulong))
            && bytes.AsSpan(0, start).SequenceEqual(Encoding.ASCII.GetBytes(hash))
            && XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - sizeof(ulong))) == BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - sizeof(ulong)))
            ? MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(start, bytes.Length - start - sizeof(ulong))).ToArray()
            : null;
    }
}
