using System.IO.Compression;
using System.Text;
using Dfx.Numerics.Files;
using static Dfx.Numerics.Tests.Files.PthBytes;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Bad .pth files, and what is said about each.</summary>
public sealed class PthMalformedTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [TestCase("posix", "system", false)]
    [TestCase("builtins", "eval", true)]
    [TestCase("torch", "load", true)]
    [TestCase("torch._utils", "_rebuild_device_tensor_from_numpy", false)]
    [TestCase("collections", "OrderedDict.fromkeys", true)]
    public void What_is_no_tensor_is_refused_by_name(string module, string name, bool legacy)
    {
        var marker = _folder["marker"];
        var state = Pickle(OrderedDict(("w", Call(Global(module, name), Text($"touch {marker}")))));

        Refused(legacy ? Legacy(state) : Zip(state), $"'{module}.{name}'", "nothing was run");
        Assert.That(File.Exists(marker), Is.False);
    }

    [Test]
    public void A_call_of_a_value_is_refused() => Refused(Zip(Pickle(OrderedDict(("w", [.. Text("eval"), (byte)')', (byte)'R'])))), "no function");

    [Test]
    public void A_class_is_not_called() => Refused(Zip(Pickle(OrderedDict(("w", Call(Global("torch", "FloatStorage"), Integer(9)))))), "'torch.FloatStorage'");

    [Test]
    public void An_object_with_a_state_of_its_own_is_refused() => Refused(Zip(Pickle(Text("x"), [(byte)'}', (byte)'b'])), "state");

    [TestCase("", "begins with ;")]
    [TestCase("PK\u0003\u0004", "zip")]
    [TestCase("not a tensor file", "neither a zip nor the magic number")]
    public void Other_files_are_refused(string content, string message) => Refused(Encoding.ASCII.GetBytes(content), message);

    [Test]
    public void A_wrong_magic_number_is_no_legacy_file()
    {
        var file = Small(legacy: true);
        file[5] ^= 1;
        Refused(file, "neither a zip nor the magic number");
    }

    [Test]
    public void Another_version_is_refused()
    {
        var file = Small(legacy: true);
        file[Magic.Length + 3]++;
        Refused(file, "1001");
    }

    [Test]
    public void Big_endian_numbers_are_refused()
    {
        var state = Pickle(OrderedDict(("a", Tensor(Storage("0", "FloatStorage", 1, true), 0, [1], [1]))));
        Refused(Legacy(Machine(littleEndian: false), state, ("0", 1, Floats(1))), "big-endian");
        Refused(Legacy(Pickle("}"u8.ToArray()), state, ("0", 1, Floats(1))), "little_endian");
        Refused(Zip(CompressionLevel.NoCompression, ("a/data.pkl", Pickle(OrderedDict())), ("a/byteorder", "big"u8.ToArray())), "'big'", "little-endian");
    }

    [Test]
    public void Every_cut_of_a_legacy_file_is_noticed()
    {
        var file = Small(legacy: true);
        for (var length = 0; length < file.Length; length++)
        {
            Refused(file[..length]);
        }

        Refused([.. file, 0], "expected all, and the same end");
    }

    [Test]
    public void Every_cut_of_a_zip_is_noticed()
    {
        var file = Small(legacy: false);
        for (var length = 0; length < file.Length; length++)
        {
            Refused(file[..length]);
        }
    }

    [Test]
    public void A_damaged_number_in_a_zip_is_noticed()
    {
        var file = Small(legacy: false);
        file[file.AsSpan().IndexOf(Floats(6)) + 9] ^= 1;
        Refused(file, "CRC-32");
    }

    [TestCase(0, new long[] { 7 }, new long[] { 1 })]
    [TestCase(1, new long[] { 2, 3 }, new long[] { 3, 1 })]
    [TestCase(-1, new long[] { 1 }, new long[] { 1 })]
    [TestCase(0, new long[] { 2 }, new long[] { -1 })]
    [TestCase(0, new long[] { 2 }, new long[] { long.MaxValue })]
    [TestCase(0, new long[] { 1L << 40 }, new long[] { 0 })]
    [TestCase(0, new long[] { 1L << 40, 1L << 40 }, new long[] { 1, 1 })]
    [TestCase(0, new long[] { 2, 3 }, new long[] { 1 })]
    [TestCase(0, new long[] { -1 }, new long[] { 1 })]
    public void A_tensor_must_lie_within_its_storage(long offset, long[] shape, long[] strides) =>
        Refused(Zip(Pickle(OrderedDict(("a", Tensor(Storage("0", "FloatStorage", 6, false), offset, shape, strides)))), ("0", Floats(6))), "storage '0'");

    [Test]
    public void A_storage_must_have_its_bytes()
    {
        var state = Pickle(OrderedDict(("a", Tensor(Storage("0", "FloatStorage", 1L << 40, false), 0, [6], [1]))));
        Refused(Zip(state, ("0", Floats(6))), "storage '0'", "24");
        Refused(Zip(state), "none");
        state = Pickle(OrderedDict(("a", Tensor(Storage("0", "FloatStorage", 1L << 40, true), 0, [6], [1]))));
        Refused(Legacy(state, ("0", 1L << 40, Floats(6))), "cut short");
    }

    [Test]
    public void A_count_that_contradicts_the_tensors_is_noticed() => Refused(
        Legacy(Pickle(OrderedDict(("a", Tensor(Storage("0", "FloatStorage", 6, true), 0, [6], [1])))), ("0", 5, Floats(6))), "has 5 elements");

    [Test]
    public void A_storage_has_one_type() => Refused(
        Zip(
            Pickle(OrderedDict(
                ("a", Tensor(Storage("0", "FloatStorage", 6, false), 0, [6], [1])), ("b", Tensor(Storage("0", "IntStorage", 6, false), 0, [6], [1])))),
            ("0", Floats(6))),
        "one of the two");

    [Test]
    public void A_file_of_many_large_views_of_few_bytes_is_refused() => Refused(
        Zip(
            Pickle(OrderedDict([.. Enumerable.Range(0, 400).Select(i => ($"{i}", i == 0
                ? [.. Tensor(Storage("0", "FloatStorage", 6000, false), 0, [6000], [1]), (byte)'q', 0]
                : new byte[] { (byte)'h', 0 }))])),
            ("0", Floats(6000))),
        "more than 4 times the file's bytes");

    [Test]
    public void A_name_appears_once()
    {
        var tensor = Tensor(Storage("0", "FloatStorage", 6, false), 0, [6], [1]);
        Refused(Zip(Pickle(OrderedDict(("a", tensor), ("a", tensor))), ("0", Floats(6))), "'a'", "twice");
    }

    [Test]
    public void What_is_no_dict_of_tensors_is_named()
    {
        Refused(Zip(Pickle(OrderedDict(("epoch", Integer(3))))), "'epoch'", "not a tensor");
        Refused(Zip(Pickle(Integer(3))), "no dict");
        Refused(Zip(Pickle(List(Integer(3)))), "not a tensor");
        Refused(Zip(Pickle(OrderedDict()), ("x/data.pkl", Pickle(OrderedDict()))), "2 members");
        Refused(Zip(CompressionLevel.Optimal, ("a/data.pkl", new byte[1000])), "compressed");
    }

    [TestCase(new byte[] { 0x94 }, "0x94")]
    [TestCase(new byte[] { (byte)'R' }, "fewer")]
    [TestCase(new byte[] { (byte)'t' }, "never opened")]
    [TestCase(new byte[] { (byte)'N', (byte)'(', (byte)'s' }, "fewer")]
    [TestCase(new byte[] { (byte)'h', 7 }, "never stored")]
    [TestCase(new byte[] { (byte)'X', 255, 255, 255, 127 }, "bytes")]
    [TestCase(new byte[] { (byte)'U', 1, 0xFF }, "UTF-8")]
    [TestCase(new byte[] { 0x8A, 200 }, "at most 8")]
    [TestCase(new byte[] { 0x80, 4 }, "protocol 4")]
    [TestCase(new byte[] { (byte)'N', (byte)'N' }, "2 values")]
    [TestCase(new byte[] { (byte)'N', (byte)'Q' }, "persistent id")]
    [TestCase(new byte[] { (byte)'N', (byte)'(', (byte)'N', (byte)'u' }, "no dict")]
    public void A_pickle_that_is_none(byte[] opcodes, string message) => Refused(Zip(Pickle(opcodes)), message);

    private void Refused(byte[] file, params string[] parts)
    {
        var path = _folder.Write("net.pth", file);
        var error = Assert.Throws<TensorFileException>(() => Read(path));
        Assert.That(error!.Message, Does.StartWith(path));
        Array.ForEach(parts, part => Assert.That(error.Message, Does.Contain(part)));
    }

    private static void Read(string path)
    {
        using var file = PthFile.Open(path);
        Assert.That(file.Names.Sum(name => file.ReadData(name).Bytes.Length), Is.Not.Negative);
    }
}
