using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>The checksum in a safetensors file.</summary>
public sealed class SafetensorsSealTests
{
    private TestFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void Save()
    {
        _folder = new();
        _path = _folder["a.safetensors"];
        using var scope = torch.NewDisposeScope();
        Safetensors.SaveSealed(_path, Tensors(), new Dictionary<string, string> { ["step"] = "12", ["zz"] = "\"xxh3\":\"" });
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_file_as_it_was_written_passes()
    {
        Safetensors.Verify(_path);
        using var file = SafetensorsFile.Open(_path);
        Assert.That(file.Metadata["step"], Is.EqualTo("12"), "the string map is there");
        Assert.That(file.Metadata["xxh3"], Does.Match("^[0-9a-f]{16}$"));
    }

    /// <summary>By hand: XxHash3 of the file with zeros where the digits are.</summary>
    [Test]
    public void The_checksum_is_of_all_bytes()
    {
        var bytes = File.ReadAllBytes(_path);
        var digits = SafetensorsFile.Open(_path).Metadata["xxh3"];
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(digits));
        bytes.AsSpan(at, 16).Fill((byte)'0');
        Assert.That(Convert.ToHexStringLower(System.IO.Hashing.XxHash3.Hash(bytes)), Is.EqualTo(digits));
    }

    /// <summary>Whatever bit of the file a disk changes: it is refused, or what is read is what was written.</summary>
    [Test]
    public void No_bit_changes_what_is_read()
    {
        using var scope = torch.NewDisposeScope();
        var (bytes, written, refused) = (File.ReadAllBytes(_path), Tensors(), 0);
        for (var bit = 0; bit < 8 * bytes.Length; bit += 3)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(_path, changed);
            try
            {
                Safetensors.Verify(_path);
                var read = Safetensors.Load(_path);
                Assert.That(written.All(pair => read[pair.Key].eq(pair.Value).all().item<bool>()), Is.True, $"bit {bit}");
            }
            catch (TensorFileException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(0.95 * bytes.Length * 8 / 3));
    }

    [Test]
    public void A_file_that_is_cut_short_is_refused()
    {
        var bytes = File.ReadAllBytes(_path);
        foreach (var length in new[] { 0, 5, 40, bytes.Length - 1 })
        {
            File.WriteAllBytes(_path, bytes[..length]);
            Assert.That(() => Safetensors.Verify(_path), Throws.TypeOf<TensorFileException>(), $"{length} bytes");
        }
    }

    [Test]
    public void A_file_without_a_checksum_passes()
    {
        using var scope = torch.NewDisposeScope();
        Safetensors.Save(_path, Tensors(), new Dictionary<string, string> { ["step"] = "12" });
        Assert.That(() => Safetensors.Verify(_path), Throws.Nothing);
    }

    private static Dictionary<string, torch.Tensor> Tensors() => new()
    {
        ["weights"] = torch.arange(40, torch.float32).reshape(5, 8),
        ["xxh3"] = torch.arange(7, torch.int64),
        ["flags"] = torch.ones(9, torch.uint8),
    };
}
