using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>
/// Damaged files, 60 000 in all: each is read or refused with <see cref="TensorFileException"/>, soon, and without more memory than
/// the file or its consistent content justifies.
/// </summary>
public sealed class FuzzTests
{
    // What a reader may use besides the content: streams, tables, messages.
    private const long FixedAllowance = 64 << 10;

    // The zip library makes room for an entry's name, extra field and comment, 16-bit lengths all, before it finds the file too short.
    private const long ZipAllowance = FixedAllowance + (256 << 10);

    private const int Factor = 8;

    // All of it takes seconds; these only tell a hang from a busy machine.
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MeanLimit = TimeSpan.FromMilliseconds(10);

    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Safetensors_files() => Fuzz(7000, 11, FixedAllowance, SafetensorsSeeds(), DamageSafetensors, ReadSafetensors);

    [Test]
    public void Npy_files() => Fuzz(6000, 12, FixedAllowance, NpySeeds(), DamageNpy, path => NpyFile.Read(path).Bytes.Length);

    [Test]
    public void Npz_files() => Fuzz(7000, 13, ZipAllowance, NpzSeeds(), DamageNpz, ReadNpz);

    [Test]
    public void Zipped_pth_files() => Fuzz(20_000, 14, ZipAllowance, PthSeeds("zip.pth", legacy: false), DamageZippedPth, ReadPth);

    // Twice the allowance: a state dict of 22 tensors is mostly small objects.
    [Test]
    public void Legacy_pth_files() => Fuzz(20_000, 15, 2 * FixedAllowance, PthSeeds("legacy.pth", legacy: true), DamagePth, ReadPth);

    private void Fuzz(
        int count, int seed, long allowance, byte[][] seeds, Func<Mutator, byte[], byte[], byte[]> damage, Func<string, long> read)
    {
        var path = _folder["case"];
        var payloads = seeds.Select(file => Case(path, file, read, 1100L * file.Length, "seed")!.Value).ToArray();
        var mutator = new Mutator(seed);
        var total = Stopwatch.StartNew();
        var readable = 0;
        for (var i = 0; i < count; i++)
        {
            var chosen = mutator.Next(seeds.Length);
            var file = seeds[chosen];
            for (var rounds = mutator.Next(4) == 0 ? 2 : 1; rounds > 0 && file.Length > 0; rounds--)
            {
                file = damage(mutator, file, mutator.Pick(seeds));
            }

            var limit = allowance + (Factor * Math.Max(file.Length, payloads[chosen]));
            readable += Case(path, file, read, limit, $"case {i} of seed {seed}") is null ? 0 : 1;
        }

        TestContext.Out.WriteLine($"{count} files, {readable} still readable, {total.Elapsed.TotalSeconds:F1} s");
        Assert.That(total.Elapsed, Is.LessThan(count * MeanLimit));
        Assert.That(readable, Is.InRange(count / 100, count * 9 / 10), "damage that is always or never noticed tests little");
    }

    // The bytes of all arrays, or null when the file was refused.
    private static long? Case(string path, byte[] file, Func<string, long> read, long limit, string what)
    {
        File.WriteAllBytes(path, file);
        var measured = Measure(path, file, read, what);
        if (IsTooMuch(measured))
        {
            // What a process needs once, such as the texts of its first error, is not the file's doing.
            measured = Measure(path, file, read, what);
        }

        if (IsTooMuch(measured))
        {
            Assert.Fail($"{what}: {measured.Allocated} bytes allocated, {measured.Elapsed} for {file.Length} bytes\n{Convert.ToBase64String(file)}");
        }

        return measured.Payload;

        bool IsTooMuch((long? Payload, long Allocated, TimeSpan Elapsed) m) => m.Allocated > limit + (Factor * (m.Payload ?? 0)) || m.Elapsed > CaseLimit;
    }

    private static (long? Payload, long Allocated, TimeSpan Elapsed) Measure(string path, byte[] file, Func<string, long> read, string what)
    {
        long? payload = null;
        var time = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            payload = read(path);
        }
        catch (TensorFileException e) when (e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            payload = null; // refused, which is as good
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}\n{Convert.ToBase64String(file)}");
        }

        return (payload, GC.GetAllocatedBytesForCurrentThread() - before, time.Elapsed);
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
        [PthBytes.Small(legacy), File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, "Files", "Saved", saved))];

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
