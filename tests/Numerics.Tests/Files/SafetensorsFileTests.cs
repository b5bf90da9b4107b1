using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

public sealed class SafetensorsFileTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void All_types_and_shapes_come_back()
    {
        var arrays = Samples.All(Samples.NumericTypes);
        SafetensorsFile.Write(_folder["a"], arrays, new Dictionary<string, string> { ["note"] = "größer 😀 \"quoted\"\n" });

        using var file = SafetensorsFile.Open(_folder["a"]);

        Assert.That(file.Names, Is.EquivalentTo(arrays.Keys));
        Assert.That(file.Metadata["note"], Is.EqualTo("größer 😀 \"quoted\"\n"));
        foreach (var (name, array) in arrays)
        {
            Samples.AssertSame(file.ReadData(name), array, name);
            Assert.That(file.Entry(name).Layout.Shape, Is.EqualTo(array.Layout.Shape));
        }
    }

    [Test]
    public void No_tensors_at_all_come_back()
    {
        SafetensorsFile.Write(_folder["a"], []);

        using var file = SafetensorsFile.Open(_folder["a"]);

        Assert.That(file.Names, Is.Empty);
        Assert.That(file.Metadata, Is.Empty);
        Assert.That(File.ReadAllBytes(_folder["a"]), Is.EqualTo("\b\0\0\0\0\0\0\0{}      "u8.ToArray()));
    }

    [Test]
    public void A_large_tensor_comes_back()
    {
        var array = Samples.Make(ElementType.Float32, 3_000_001);
        SafetensorsFile.Write(_folder["a"], [new("x", array), new("y", Samples.Make(ElementType.UInt8, 5))]);

        using var file = SafetensorsFile.Open(_folder["a"]);

        Samples.AssertSame(file.ReadData("x"), array);
    }

    /// <summary>The reference implementation's own test_serialization.</summary>
    [Test]
    public void One_tensor_has_the_references_bytes()
    {
        SafetensorsFile.Write(_folder["a"], [new("attn.0", ArrayData.Of<float>([0, 1, 2, 3, 4, 5], 1, 2, 3))]);

        byte[] expected =
        [
            64, 0, 0, 0, 0, 0, 0, 0, .. """{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}"""u8,
            0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64,
        ];
        Assert.That(File.ReadAllBytes(_folder["a"]), Is.EqualTo(expected));
    }

    [Test]
    public void Tensors_go_by_decreasing_type_then_name_and_metadata_by_key()
    {
        SafetensorsFile.Write(
            _folder["a"],
            [
                new("é", ArrayData.Of<bool>([true])),
                new("b", ArrayData.Of<float>([1])),
                new("a", ArrayData.Of<float>([2], 1)),
                new("h", ArrayData.Of<Half>([Half.One])),
                new("g", ArrayData.Of<ushort>([0x3F80])),
                new("z", ArrayData.Of<long>([3])),
            ],
            new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });

        const string Json =
            """{"__metadata__":{"x":"1","y":"2"},"z":{"dtype":"I64","shape":[],"data_offsets":[0,8]}"""
            + ""","a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"b":{"dtype":"F32","shape":[],"data_offsets":[12,16]}"""
            + ""","g":{"dtype":"BF16","shape":[],"data_offsets":[16,18]},"h":{"dtype":"F16","shape":[],"data_offsets":[18,20]}"""
            + ""","é":{"dtype":"BOOL","shape":[],"data_offsets":[20,21]}}""";
        var bytes = File.ReadAllBytes(_folder["a"]);
        var length = BitConverter.ToInt32(bytes);
        Assert.That(Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '), Is.EqualTo(Json));
        Assert.That(length % 8, Is.Zero);
        byte[] data = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 128, 63, 0x80, 0x3F, 0, 0x3C, 1];
        Assert.That(bytes[(8 + length)..], Is.EqualTo(data));
    }

    [Test]
    public void Names_follow_the_bytes_when_the_header_does_not()
    {
        const string Json =
            """{"b":{"data_offsets":[4,6],"shape":[2],"dtype":"U8"},"e":{"dtype":"F64","shape":[2,0],"data_offsets":[4,4]}"""
            + ""","a":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}""";
        var path = _folder.Write("a", SafetensorsBytes.Of(Json, [1, 0, 0, 0, 5, 6]));

        using var file = SafetensorsFile.Open(path);

        Assert.That(file.Names, Is.EqualTo(new[] { "a", "e", "b" }));
        Assert.That(file.ReadData("b").Values<byte>().ToArray(), Is.EqualTo(new byte[] { 5, 6 }));
        Assert.That(file.ReadData("e").Layout.Count, Is.Zero);
    }

    [Test]
    public void A_missing_name_is_answered_with_the_nearest()
    {
        SafetensorsFile.Write(_folder["a"], [new("weight", ArrayData.Of<float>([1])), new("bias", ArrayData.Of<float>([1]))]);
        using var file = SafetensorsFile.Open(_folder["a"]);

        Assert.That(() => file.Entry("wieght"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("'weight'"));
    }

    [Test]
    public void A_closed_file_says_so()
    {
        SafetensorsFile.Write(_folder["a"], [new("x", ArrayData.Of<float>([1]))]);
        var file = SafetensorsFile.Open(_folder["a"]);
        file.Dispose();

        Assert.That(() => file.ReadData("x"), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void What_the_format_cannot_hold_is_not_written()
    {
        var one = ArrayData.Of<float>([1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => SafetensorsFile.Write(_folder["a"], [new("__metadata__", one)]), Throws.ArgumentException);
            Assert.That(() => SafetensorsFile.Write(_folder["a"], [new("x", one), new("x", one)]), Throws.ArgumentException);
            Assert.That(() => SafetensorsFile.Write(_folder["a"], [new("x", ArrayData.OfText(["s"]))]), Throws.ArgumentException);
            Assert.That(() => SafetensorsFile.Write(_folder["a"], [new("\ud800", one)]), Throws.ArgumentException);
        }

        Assert.That(Directory.GetFileSystemEntries(_folder.Root), Is.Empty);
    }

    [Test]
    public void A_mapped_file_can_be_replaced_and_keeps_its_content()
    {
        SafetensorsFile.Write(_folder["a"], [new("x", ArrayData.Of<float>([1]))]);
        using var old = SafetensorsFile.Open(_folder["a"]);
        SafetensorsFile.Write(_folder["a"], [new("x", old.ReadData("x")), new("y", ArrayData.Of<float>([2]))]);
        using var replaced = SafetensorsFile.Open(_folder["a"]);

        Assert.That(old.ReadData("x").Values<float>()[0], Is.EqualTo(1));
        Assert.That(replaced.Names, Is.EqualTo(new[] { "x", "y" }));
    }
}
