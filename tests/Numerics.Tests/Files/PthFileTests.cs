using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Good .pth files: put together by hand, and two of PyTorch 1.13's own with numbers that a formula gives.</summary>
public sealed class PthFileTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public void A_file_made_by_hand(bool legacy)
    {
        using var file = PthFile.Open(_folder.Write("net.pth", PthBytes.Small(legacy)));

        Assert.That(file.Names, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(file.Layout("a").Shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(file.ReadData("a").Values<float>().ToArray(), Is.EqualTo(new float[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That(file.ReadData("b").Values<float>().ToArray(), Is.EqualTo(new float[] { 1, 3 }));
        Assert.That(() => file.ReadData("c"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("'c'"));
    }

    [Test]
    public void The_name_does_not_decide_the_kind()
    {
        using var legacy = PthFile.Open(_folder.Write("net.zip", PthBytes.Small(legacy: true)));
        using var zip = PthFile.Open(_folder.Write("net.tar", PthBytes.Small(legacy: false)));

        Assert.That(legacy.Names, Is.EqualTo(zip.Names));
    }

    // Names, shapes and numbers as the script that called torch.save printed them: element i of the k-th is i + 100 k.
    [TestCase("zip.pth")]
    [TestCase("legacy.pth")]
    public void The_state_of_a_network_as_PyTorch_saves_it(string name)
    {
        using var file = Open(name);

        Assert.That(file.Names.Take(8), Is.EqualTo(new[]
        {
            "conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked", "fc.weight", "fc.bias",
        }));
        Assert.That(file.Layout("conv.weight").Shape, Is.EqualTo(new long[] { 3, 2, 1, 2 }));
        Assert.That(file.ReadData("conv.weight").Values<float>().ToArray(), Is.EqualTo(Enumerable.Range(0, 12).Select(i => (float)i)));
        Assert.That(file.ReadData("bn.running_var").Values<float>().ToArray(), Is.EqualTo(new float[] { 400, 401, 402 }));
        Assert.That(file.ReadData("bn.num_batches_tracked").Values<long>().ToArray(), Is.EqualTo(new long[] { 500 }));
        Assert.That(file.ReadData("fc.bias").Values<float>().ToArray(), Is.EqualTo(new float[] { 700, 701 }));
        Assert.That(file.ReadData("parameter").Values<float>().ToArray(), Is.EqualTo(Enumerable.Range(1000, 6).Select(i => (float)i)));
    }

    [TestCase("zip.pth")]
    [TestCase("legacy.pth")]
    public void Views_as_PyTorch_saves_them(string name)
    {
        using var file = Open(name);

        Assert.That(file.ReadData("channels_last").Values<float>().ToArray(), Is.EqualTo(Enumerable.Range(0, 24).Select(i => (float)i)));
        Assert.That(file.Layout("transposed").Shape, Is.EqualTo(new long[] { 6, 4 }));
        Assert.That(file.ReadData("transposed").Values<float>()[..6].ToArray(), Is.EqualTo(new float[] { 0, 6, 12, 18, 1, 7 }));
        Assert.That(file.ReadData("part").Values<float>().ToArray(), Is.EqualTo(new float[] { 5, 6, 7, 8 }));
        Assert.That(file.ReadData("every_third").Values<float>().ToArray(), Is.EqualTo(new float[] { 2, 5, 8, 11, 14, 17, 20, 23 }));
        Assert.That(file.ReadData("scalar").Values<double>().ToArray(), Is.EqualTo(new[] { 7.5 }));
        Assert.That(file.Layout("empty").Shape, Is.EqualTo(new long[] { 0, 3 }));
        Assert.That(file.ReadData("empty").Bytes.Length, Is.Zero);
    }

    [TestCase("zip.pth")]
    [TestCase("legacy.pth")]
    public void Every_element_type_becomes_a_tensor(string name)
    {
        using var scope = torch.NewDisposeScope();
        var tensors = PthTensors.Load(Saved(name));

        Assert.That(tensors, Has.Count.EqualTo(22));
        foreach (var type in new[] { "half", "bfloat", "int8", "uint8", "int16", "int32", "bool" })
        {
            Assert.That(tensors[type].to(torch.float32).data<float>().ToArray(), Is.EqualTo(new float[] { 1, 0, 1 }), type);
        }

        Assert.That(tensors["bfloat"].dtype, Is.EqualTo(torch.bfloat16));
        Assert.That(tensors["transposed"].is_contiguous(), Is.True);
        Assert.That(tensors["transposed"][5, 3].ToDouble(), Is.EqualTo(23));
    }

    private static PthFile Open(string name) => PthFile.Open(Saved(name));

    private static string Saved(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Files", "Saved", name);
}
