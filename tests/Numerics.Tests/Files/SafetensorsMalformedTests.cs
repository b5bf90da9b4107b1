using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Every rule of the format, broken one at a time; the message must say which.</summary>
public sealed class SafetensorsMalformedTests
{
    private const string X = """{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}""";

    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [TestCase("", "begin with '{'")]
    [TestCase("[]", "begin with '{'")]
    [TestCase(" {}", "begin with '{'")]
    [TestCase("{", "not valid JSON")]
    [TestCase("{} {}", "not valid JSON")]
    [TestCase("{}\0", "not valid JSON")]
    [TestCase("{\"x\":1}", "expected an object")]
    [TestCase(X + ",}", "not valid JSON")]
    [TestCase(X + "/**/}", "not valid JSON")]
    [TestCase(X + "," + """ "x":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""", "duplicate key 'x'")]
    [TestCase(X + "," + """ "\u0078":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""", "duplicate key 'x'")]
    [TestCase("""{"x":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "duplicate key 'dtype'")]
    [TestCase("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"more":1}}""", "unknown field 'more'")]
    [TestCase("""{"x":{"shape":[4],"data_offsets":[0,4]}}""", "missing")]
    [TestCase("""{"x":{"dtype":"U8","data_offsets":[0,4]}}""", "missing")]
    [TestCase("""{"x":{"dtype":"U8","shape":[4]}}""", "missing")]
    [TestCase("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0]}}""", "missing")]
    [TestCase("""{"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}}""", "at most 2 integers")]
    [TestCase("""{"x":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", "unknown dtype 'F8_E4M3'")]
    [TestCase("""{"x":{"dtype":"u8","shape":[4],"data_offsets":[0,4]}}""", "unknown dtype 'u8'")]
    [TestCase("""{"x":{"dtype":8,"shape":[4],"data_offsets":[0,4]}}""", "string as dtype")]
    [TestCase("""{"x":{"dtype":"U8","shape":4,"data_offsets":[0,4]}}""", "array as shape")]
    [TestCase("""{"x":{"dtype":"U8","shape":["4"],"data_offsets":[0,4]}}""", "integers and nothing else")]
    [TestCase("""{"x":{"dtype":"U8","shape":[[4]],"data_offsets":[0,4]}}""", "not valid JSON")]
    [TestCase("""{"x":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}""", "no plain integer")]
    [TestCase("""{"x":{"dtype":"U8","shape":[4.0],"data_offsets":[0,4]}}""", "no plain integer")]
    [TestCase("""{"x":{"dtype":"U8","shape":[4e0],"data_offsets":[0,4]}}""", "no plain integer")]
    [TestCase("""{"x":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,4]}}""", "no plain integer")]
    [TestCase("""{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", "64 bits")]
    [TestCase("""{"x":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,4]}}""", "64 bits")]
    [TestCase("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,4]}}""", "span 4 bytes")]
    [TestCase("""{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,4]}}""", "span 4 bytes")]
    [TestCase("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "hole")]
    [TestCase("""{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "end at data offset 3")]
    [TestCase("""{"x":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}""", "expected 0 to 4")]
    [TestCase("""{"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"y":{"dtype":"U8","shape":[0],"data_offsets":[4,0]}}""", "hole")]
    [TestCase("""{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}""", "overlaps")]
    [TestCase("""{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"y":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "hole")]
    [TestCase("{}", "end at data offset 0")]
    [TestCase(X + ""","__metadata__":{"a":1}}""", "string as metadata 'a'")]
    [TestCase(X + ""","__metadata__":{"a":{"b":"c"}}}""", "string as metadata 'a'")]
    [TestCase(X + ""","__metadata__":{"a":"1","a":"2"}}""", "duplicate key 'a'")]
    [TestCase(X + ""","__metadata__":null}""", "object as __metadata__")]
    [TestCase(X + ""","__metadata__":{},"__metadata__":{}}""", "duplicate key '__metadata__'")]
    [TestCase(X + ""","\ud800":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""", "not valid JSON")]
    public void Header(string json, string problem) => AssertRefused(SafetensorsBytes.Of(json, [1, 2, 3, 4]), problem);

    [Test]
    public void Header_that_is_not_utf8() => AssertRefused(
        SafetensorsBytes.Of([.. "{\""u8, 0xFF, .. "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"u8], []), "not valid JSON");

    [TestCase(new byte[0], "too few")]
    [TestCase(new byte[] { 1, 0, 0, 0, 0, 0, 0 }, "too few")]
    [TestCase(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, "begin with '{'")]
    [TestCase(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' }, "length at offset 0 is 3")]
    [TestCase(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, (byte)'{', (byte)'}' }, "18446744073709551615")]
    public void Length(byte[] bytes, string problem) => AssertRefused(bytes, problem);

    [Test]
    public void Length_above_the_limit()
    {
        using (var stream = new FileStream(_folder["a"], FileMode.CreateNew))
        {
            stream.Write(BitConverter.GetBytes(100_000_001L));
            stream.SetLength(100_000_100); // sparse
        }

        Assert.That(() => SafetensorsFile.Open(_folder["a"]), Throws.TypeOf<TensorFileException>().With.Message.Contains("at most 100000000"));
    }

    [Test]
    public void A_bool_that_is_neither_0_nor_1()
    {
        var json = """{"x":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}""";
        using var file = SafetensorsFile.Open(_folder.Write("a", SafetensorsBytes.Of(json, [1, 0, 2, 1])));

        Assert.That(() => file.ReadData("x"), Throws.TypeOf<TensorFileException>().With.Message.Contains("element 2"));
    }

    [Test]
    public void White_space_may_follow_the_header()
    {
        using var file = SafetensorsFile.Open(_folder.Write("a", SafetensorsBytes.Of(X + "}   ", [1, 2, 3, 4])));

        Assert.That(file.ReadData("x").Values<byte>().ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [Test]
    public void A_missing_file_is_no_malformed_file() =>
        Assert.That(() => SafetensorsFile.Open(_folder["none"]), Throws.TypeOf<FileNotFoundException>());

    private void AssertRefused(byte[] bytes, string problem)
    {
        var path = _folder.Write("a.safetensors", bytes);
        var error = Assert.Throws<TensorFileException>(() => SafetensorsFile.Open(path));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Path, Is.EqualTo(path));
            Assert.That(error.Message, Does.StartWith(path + ": ").And.Contain(problem));
        }
    }
}
