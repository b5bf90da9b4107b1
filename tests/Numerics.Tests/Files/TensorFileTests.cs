using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>The same files with tensors at the near end; needs the native tensor library.</summary>
[Category("Tensors")]
public sealed class TensorFileTests
{
    private static readonly Dictionary<ElementType, torch.ScalarType> TensorTypes = new()
    {
        [ElementType.Bool] = torch.ScalarType.Bool,
        [ElementType.UInt8] = torch.ScalarType.Byte,
        [ElementType.Int8] = torch.ScalarType.Int8,
        [ElementType.Int16] = torch.ScalarType.Int16,
        [ElementType.Float16] = torch.ScalarType.Float16,
        [ElementType.BFloat16] = torch.ScalarType.BFloat16,
        [ElementType.Int32] = torch.ScalarType.Int32,
        [ElementType.Float32] = torch.ScalarType.Float32,
        [ElementType.Float64] = torch.ScalarType.Float64,
        [ElementType.Int64] = torch.ScalarType.Int64,
    };

    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Safetensors_become_tensors_and_the_same_bytes_again()
    {
        var arrays = Samples.All(Samples.NumericTypes);
        SafetensorsFile.Write(_folder["a"], arrays);

        var tensors = Safetensors.Load(_folder["a"]);
        AssertSame(tensors, arrays);
        Safetensors.Save(_folder["b"], tensors);
        Release(tensors);

        Assert.That(File.ReadAllBytes(_folder["b"]), Is.EqualTo(File.ReadAllBytes(_folder["a"])));
    }

    [Test]
    public void Npz_become_tensors_and_the_same_bytes_again([Values] bool compress)
    {
        var arrays = Samples.All(Samples.NumericTypes.Where(type => type != ElementType.BFloat16));
        NpzFile.Write(_folder["a"], arrays, compress);

        var tensors = Npz.Load(_folder["a"]);
        AssertSame(tensors, arrays);
        Npz.Save(_folder["b"], arrays.Keys.Select(name => KeyValuePair.Create(name, tensors[name])), compress);
        Release(tensors);

        Assert.That(File.ReadAllBytes(_folder["b"]), Is.EqualTo(File.ReadAllBytes(_folder["a"])));
    }

    [Test]
    public void Single_arrays_are_read_from_open_files()
    {
        var array = Samples.Make(ElementType.Float32, 2, 3);
        SafetensorsFile.Write(_folder["a"], [new("x", array)]);
        NpzFile.Write(_folder["b"], [new("x", array), new("text", ArrayData.OfText(["s"]))]);
        using var safetensors = SafetensorsFile.Open(_folder["a"]);
        using var npz = Npz.Open(_folder["b"]);
        using var first = safetensors.Read("x");
        using var second = npz.Read("x");

        Assert.That(first.bytes.ToArray(), Is.EqualTo(array.Bytes.ToArray()));
        Assert.That(second.bytes.ToArray(), Is.EqualTo(array.Bytes.ToArray()));
        Assert.That(() => npz.Read("text"), Throws.TypeOf<TensorFileException>().With.Message.Contains("Strings"));
        Assert.That(() => Npz.Load(_folder["b"]), Throws.TypeOf<TensorFileException>());
    }

    [Test]
    public void Fortran_order_becomes_a_contiguous_tensor()
    {
        var path = _folder.Write("a", NpyBytes.Of("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", [1, 4, 2, 5, 3, 6]));
        using var tensor = Npy.Load(path);

        Assert.That(tensor.shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(tensor.bytes.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6 }));
    }

    [Test]
    public void Views_are_written_in_c_order_and_left_alone()
    {
        using var tensor = torch.empty([2, 3], dtype: torch.ScalarType.Byte, device: torch.CPU);
        new byte[] { 1, 2, 3, 4, 5, 6 }.CopyTo(tensor.bytes);
        using var transposed = tensor.permute(1, 0);
        Npy.Save(_folder["a"], transposed);
        Npy.Save(_folder["b"], tensor);

        Samples.AssertSame(NpyFile.Read(_folder["a"]), ArrayData.Of<byte>([1, 4, 2, 5, 3, 6], 3, 2));
        Samples.AssertSame(NpyFile.Read(_folder["b"]), ArrayData.Of<byte>([1, 2, 3, 4, 5, 6], 2, 3));
        Assert.That(tensor.IsInvalid, Is.False);
    }

    [Test]
    public void Numpy_gets_bfloat16_as_float32()
    {
        using var tensor = torch.empty([2], dtype: torch.ScalarType.BFloat16, device: torch.CPU);
        new byte[] { 0x80, 0x3F, 0x49, 0xC0 }.CopyTo(tensor.bytes);
        Npy.Save(_folder["a"], tensor);
        Npz.Save(_folder["b"], [new("x", tensor)]);
        using var npz = NpzFile.Open(_folder["b"]);

        Samples.AssertSame(NpyFile.Read(_folder["a"]), ArrayData.Of<float>([1, -3.140625f], 2));
        Samples.AssertSame(npz.ReadData("x"), ArrayData.Of<float>([1, -3.140625f], 2));
    }

    [Test]
    public void Types_without_a_file_type_are_refused_by_name()
    {
        using var tensor = torch.empty([2], dtype: torch.ScalarType.ComplexFloat32, device: torch.CPU);
        Assert.That(() => Safetensors.Save(_folder["a"], [new("phase", tensor)]), Throws.ArgumentException.With.Message.Contains("'phase'"));
        Assert.That(Directory.GetFileSystemEntries(_folder.Root), Is.Empty);
    }

    [Test]
    public void A_damaged_array_gives_no_tensors()
    {
        NpzFile.Write(_folder["a"], [new("x", Samples.Make(ElementType.UInt8, 1000))]);
        var bytes = File.ReadAllBytes(_folder["a"]);
        bytes[700] ^= 1;
        Assert.That(() => Npz.Load(_folder.Write("b", bytes)), Throws.TypeOf<TensorFileException>());
    }

    private static void AssertSame(IReadOnlyDictionary<string, torch.Tensor> tensors, Dictionary<string, ArrayData> arrays)
    {
        Assert.That(tensors.Keys, Is.EquivalentTo(arrays.Keys));
        foreach (var (name, array) in arrays)
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(tensors[name].dtype, Is.EqualTo(TensorTypes[array.Layout.Type]), name);
                Assert.That(tensors[name].shape, Is.EqualTo(array.Layout.Shape), name);
                Assert.That(tensors[name].bytes.ToArray(), Is.EqualTo(array.Bytes.ToArray()), name);
            }
        }
    }

    private static void Release(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        foreach (var tensor in tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
