using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

public sealed class NpyFileTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void All_shapes_come_back([ValueSource(typeof(Samples), nameof(Samples.NumpyTypes))] ElementType type)
    {
        foreach (var shape in Samples.Shapes)
        {
            var array = Samples.Make(type, shape);
            NpyFile.Write(_folder["a"], array);
            Samples.AssertSame(NpyFile.Read(_folder["a"]), array);
        }
    }

    [Test]
    public void A_large_array_comes_back()
    {
        var array = Samples.Make(ElementType.Float64, 1001, 1003);
        NpyFile.Write(_folder["a"], array);
        Samples.AssertSame(NpyFile.Read(_folder["a"]), array);
    }

    [Test]
    public void The_bytes_are_numpys()
    {
        NpyFile.Write(_folder["a"], ArrayData.Of<short>([1, -1], 2, 1));

        var dict = "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 1), }".PadRight(117) + "\n";
        Assert.That(File.ReadAllBytes(_folder["a"]), Is.EqualTo(NpyBytes.Of(dict, [1, 0, 255, 255])));
    }

    [TestCase("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }\n")]
    [TestCase("{'shape':(2,3),'fortran_order':False,'descr':'|u1'}")]
    [TestCase("""  { "shape" : ( 2L , 3L, ) , "fortran_order" : False , "descr" : "|u1" , }   """)]
    public void Any_spelling_of_the_dict_is_read(string dict)
    {
        foreach (byte version in new[] { 1, 2, 3 })
        {
            var array = NpyFile.Read(_folder.Write("a", NpyBytes.Of(dict, [1, 2, 3, 4, 5, 6], version)));
            Samples.AssertSame(array, ArrayData.Of<byte>([1, 2, 3, 4, 5, 6], 2, 3));
        }
    }

    [Test]
    public void Fortran_order_becomes_c_order()
    {
        var path = _folder.Write("a", NpyBytes.Of("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", [1, 4, 2, 5, 3, 6]));
        Samples.AssertSame(NpyFile.Read(path), ArrayData.Of<byte>([1, 2, 3, 4, 5, 6], 2, 3));
    }

    [Test]
    public void A_single_string_is_read()
    {
        var path = _folder.Write("a", NpyBytes.Of("{'descr': '<U2', 'fortran_order': False, 'shape': (), }", "h\0\0\0i\0\0\0"u8));
        Assert.That(NpyFile.Read(path).Strings(), Is.EqualTo(new[] { "hi" }));
    }

    [TestCase("{'descr': '>f4', 'fortran_order': False, 'shape': (), }", "big-endian")]
    [TestCase("{'descr': '<c8', 'fortran_order': False, 'shape': (), }", "'<c8' is not supported")]
    [TestCase("{'descr': '|O', 'fortran_order': False, 'shape': (), }", "'|O' is not supported")]
    [TestCase("{'descr': '<U', 'fortran_order': False, 'shape': (), }", "'<U' is not supported")]
    [TestCase("{'descr': '<U0', 'fortran_order': False, 'shape': (9,), }", "text length 0")]
    [TestCase("{'descr': '<U-1', 'fortran_order': False, 'shape': (), }", "'<U-1' is not supported")]
    [TestCase("{'descr': '<U999999999', 'fortran_order': False, 'shape': (), }", "text length 999999999")]
    [TestCase("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (), }", "record types")]
    [TestCase("{'descr': '<f4', 'fortran_order': 0, 'shape': (), }", "True or False")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': 1, }", "expected '('")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (1), }", "only extent")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (,), }", "integer")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "integer")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,), }", "',' or ')'")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "integer")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2), }", "64 bits")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "8 bytes; 4 follow")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", "0 bytes; 4 follow")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, }", "missing")]
    [TestCase("{'descr': '<f4', 'shape': (), }", "missing")]
    [TestCase("{'shape': (), 'fortran_order': False, }", "missing")]
    [TestCase("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (), }", "given twice")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 1, }", "'x' is unknown")]
    [TestCase("{'descr': '<f4' 'fortran_order': False, 'shape': (), }", "',' or '}'")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (), ", "key in quotes")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (", "integer")]
    [TestCase("{'descr': '<f4", "descr in quotes")]
    [TestCase("{'descr': '<f\u00e44', 'fortran_order': False, 'shape': (), }", "descr in quotes")]
    [TestCase("{'descr': '<f4', 'fortran_order': False, 'shape': (), } 1", "end the header")]
    [TestCase("", "expected '{'")]
    public void A_wrong_dict_is_refused(string dict, string problem) => AssertRefused(NpyBytes.Of(dict, [0, 0, 0, 0]), problem);

    [Test]
    public void Too_many_dimensions_are_refused() => AssertRefused(
        NpyBytes.Of($"{{'descr': '|u1', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1,", 65))}), }}", [0]), "64 dimensions");

    [TestCase(new byte[0], "more were expected")]
    [TestCase(new byte[] { 0x93, 78, 85 }, "more were expected")]
    [TestCase(new byte[] { 0x92, 78, 85, 77, 80, 89, 1, 0, 0, 0 }, "not an npy file")]
    [TestCase(new byte[] { 0x93, 78, 85, 77, 80, 89, 4, 0, 0, 0 }, "version 4.0")]
    [TestCase(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 1, 0, 0 }, "version 1.1")]
    [TestCase(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 9, 0 }, "length at offset 8 is 9")]
    [TestCase(new byte[] { 0x93, 78, 85, 77, 80, 89, 2, 0, 255, 255, 255, 255 }, "length at offset 8 is 4294967295")]
    public void A_wrong_start_is_refused(byte[] bytes, string problem) => AssertRefused(bytes, problem);

    [Test]
    public void Values_that_are_none_are_refused()
    {
        AssertRefused(NpyBytes.Of("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", [1, 255]), "element 1");
        AssertRefused(NpyBytes.Of("{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }", [0, 0xD8, 0, 0]), "0xD800");
    }

    [Test]
    public void Bfloat16_is_not_written() =>
        Assert.That(() => NpyFile.Write(_folder["a"], ArrayData.Of<ushort>([1])), Throws.ArgumentException.With.Message.Contains("Float32"));

    [Test]
    public void A_failed_write_leaves_the_old_file()
    {
        NpyFile.Write(_folder["a"], ArrayData.Of<float>([1]));
        var before = File.ReadAllBytes(_folder["a"]);

        Assert.That(() => NpyFile.Write(_folder["a"], ArrayData.Of<ushort>([1])), Throws.ArgumentException);

        Assert.That(File.ReadAllBytes(_folder["a"]), Is.EqualTo(before));
        Assert.That(Directory.GetFileSystemEntries(_folder.Root), Has.Length.EqualTo(1));
    }

    private void AssertRefused(byte[] bytes, string problem)
    {
        var path = _folder.Write("a.npy", bytes);
        Assert.That(
            () => NpyFile.Read(path),
            Throws.TypeOf<TensorFileException>().With.Message.StartWith(path + ": ").And.Message.Contains(problem));
    }
}
