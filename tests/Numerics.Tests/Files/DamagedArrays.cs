using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Files of arrays, to be damaged.</summary>
internal static class DamagedArrays
{
    // What a reader may use besides the content: streams, tables, messages.
    private const long FixedAllowance = 64 << 10;

    // The zip library makes room for an entry's name, extra field and comment, 16-bit lengths all, before it finds the file too short.
    private const long ZipAllowance = FixedAllowance + (256 << 10);

    /// <summary>All kinds.</summary>
    /// <param name="folder">Where the damaged files are written for their readers.</param>
    internal static IReadOnlyList<FuzzedKind> Kinds(string folder) =>
    [
        Kind(folder, "safetensors", FixedAllowance, SafetensorsSeeds(), DamageSafetensors, ReadSafetensors),
        Kind(folder, "npy", FixedAllowance, NpySeeds(), DamageNpy, path => NpyFile.Read(path).Bytes.Length),
        Kind(folder, "npz", ZipAllowance, NpzSeeds(), DamageNpz, ReadNpz),
        Kind(folder, "zipped pth", ZipAllowance, PthSeeds("zip.pth", legacy: false), DamageZippedPth, ReadPth),
        // Twice the allowance: a state dict of 22 tensors is mostly small objects.
        Kind(folder, "legacy pth", 2 * FixedAllowance, PthSeeds("legacy.pth", legacy: true), DamagePth, ReadPth),
    ];

    private static FuzzedKind Kind(string folder, string name, long allowance, byte[][] seeds, Func<Mutator, byte[], byte[], byte[]> damage, Func<string, long> read)
    {
        var path = Path.Combine(folder, name);
        return new(name, seeds, damage, Read, e => e is TensorFileException && e.Message.StartsWith(path, StringComparison.Ordinal)) { Allowance = allowance };

        long Read(byte[] file)
        {
            File.WriteAllBytes(path, file);
            return read(path);
        }
    }

    private static long ReadSafetensors(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Names.Sum(name => (long)file.ReadData(name).Bytes.Length);
    }

    private static long ReadNpz(string path)
    {
        using var file = NpzFile.Open(path);
        return file.Names.Sum(name => (long)file.ReadData(name).Bytes.Length);
    }

    private static long ReadPth(string path)
    {
        using var file = PthFile.Open(path);
        return file.Names.Sum(name => (long)file.ReadData(name).Bytes.Length);
    }

    private static byte[][] PthSeeds(string saved, bool legacy) =>
        [PthBytes.Small(legacy), File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "Saved", saved))];

    private static byte[] DamagePth(Mutator mutator, byte[] file, byte[] other)
    {
        if (mutator.Next(3) > 0)
        {
            return mutator.Damage(file, other);
        }

        // An integer of one, two or four bytes somewhere: counts, extents, strides, entries of the memo.
        return mutator.EditField(file, mutator.Next(file.Length), mutator.Pick([1, 2, 4, 8]));
    }

    private static byte[] DamageZippedPth(Mutator mutator, byte[] file, byte[] other)
    {
        switch (mutator.Next(4))
        {
            case 0: return mutator.EditZip(file);
            case 1: return DamagePth(mutator, file, other);
            default:
                // A zip in good order around a damaged pickle: nothing is noticed before the pickle's reader sees it.
                using (var archive = new ZipArchive(new MemoryStream(PthBytes.Small(legacy: false))))
                {
                    var pickle = Unpacked(archive, "net/data.pkl");
                    return PthBytes.Zip(DamagePth(mutator, pickle, pickle), ("0", Unpacked(archive, "net/data/0")));
                }
        }
    }

    private static byte[] Unpacked(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name)!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static byte[] DamageSafetensors(Mutator mutator, byte[] file, byte[] other)
    {
        var lengthField = mutator.Next(8) == 0 ? mutator.EditField(file, 0, sizeof(ulong)) : file;
        if (lengthField != file)
        {
            return lengthField;
        }

        var damaged = mutator.Next(2) == 0 ? mutator.EditNumber(file, sizeof(ulong)) : mutator.Damage(file, other);
        // Half the time the length field follows, so that the damage reaches the parser.
        if (mutator.Next(2) == 0 && damaged.Length >= sizeof(ulong))
        {
            var length = BinaryPrimitives.ReadInt64LittleEndian(damaged) + damaged.Length - file.Length;
            BinaryPrimitives.WriteInt64LittleEndian(damaged, length);
        }

        return damaged;
    }

    private static byte[] DamageNpy(Mutator mutator, byte[] file, byte[] other)
    {
        if (mutator.Next(8) == 0)
        {
            return mutator.EditField(file, mutator.Next(12), mutator.Pick([1, 2, 4]));
        }

        var damaged = mutator.Next(2) == 0 ? mutator.EditNumber(file, 10) : mutator.Damage(file, other);
        var padding = damaged.AsSpan().IndexOf("      "u8);
        var grown = damaged.Length - file.Length;
        return mutator.Next(3) == 0 || padding < 0
            ? damaged
            : Mutator.Splice(damaged, padding, Math.Clamp(grown, 0, 6), Encoding.ASCII.GetBytes(new string(' ', Math.Clamp(-grown, 0, 64))));
    }

    private static byte[] DamageNpz(Mutator mutator, byte[] file, byte[] other)
    {
        switch (mutator.Next(4))
        {
            case 0: return mutator.EditZip(file);
            case 1: return mutator.Damage(file, other);
            default:
                // A zip in good order around damaged arrays: nothing is noticed before the npy parser sees it.
                var array = mutator.Pick(NpySeeds());
                var level = mutator.Pick([CompressionLevel.NoCompression, CompressionLevel.Fastest]);
                return Zip(level, ("good", mutator.Pick(NpySeeds())), ("bad", DamageNpy(mutator, array, array)));
        }
    }

    private static byte[][] SafetensorsSeeds()
    {
        using var folder = new TestFolder();
        SafetensorsFile.Write(folder["a"], Samples.All([ElementType.Bool, ElementType.Float32]), new Dictionary<string, string> { ["a"] = "ß" });
        SafetensorsFile.Write(folder["b"], [new("x", ArrayData.Of<double>([1, 2, 3, 4, 5, 6], 2, 3)), new("y", ArrayData.Of<byte>([1, 0], 2))]);
        SafetensorsFile.Write(folder["c"], [new("w", Samples.Make(ElementType.BFloat16, 40, 50)), new("e", Samples.Make(ElementType.Int64, 0))]);
        return [.. "abc".Select(name => File.ReadAllBytes(folder[$"{name}"]))];
    }

    private static byte[][] NpySeeds() =>
    [
        NpyBytes.Of("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }          \n", new byte[24]),
        NpyBytes.Of("{'descr': '<i8', 'fortran_order': True, 'shape': (3, 2, 2), }        \n", new byte[96], 2),
        NpyBytes.Of("{'descr': '<U2', 'fortran_order': False, 'shape': (4,), }            \n", new byte[32], 3),
        NpyBytes.Of("{'descr': '|b1', 'fortran_order': False, 'shape': (), }              \n", [1]),
        NpyBytes.Of("{'descr': '|u1', 'fortran_order': False, 'shape': (0, 7), }          \n", []),
        NpyBytes.Of("{'descr': '<f8', 'fortran_order': True, 'shape': (25, 40), }         \n", new byte[8000]),
    ];

    private static byte[][] NpzSeeds() =>
    [
        Zip(CompressionLevel.NoCompression, [.. NpySeeds().Select((array, i) => ($"a/{i}", array))]),
        Zip(CompressionLevel.Optimal, [.. NpySeeds().Select((array, i) => ($"ß{i}", array))]),
        Zip(CompressionLevel.Optimal, ("zeros", NpyBytes.Of("{'descr': '|u1', 'fortran_order': False, 'shape': (200000,), }", new byte[200_000]))),
    ];

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] members)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in members)
            {
                var entry = archive.CreateEntry(name + ".npy", level);
                entry.LastWriteTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same cases every day
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return memory.ToArray();
    }
}
