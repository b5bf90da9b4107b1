namespace Dfx.Numerics.Tests.Precision;

/// <summary>The bytes that tensors hold, where the tensor library counts them.</summary>
[NonParallelizable]
public sealed class DeviceMemoryTests
{
    private const long Size = 8 << 20;

    [SetUp]
    public void Counted() => Assume.That(DeviceMemory.InUse(torch.CPU), Is.Not.Null, "the tensor library does not count");

    [Test]
    public void A_tensor_counts_while_it_lives()
    {
        var before = DeviceMemory.InUse(torch.CPU);
        using (torch.zeros(Size / 4))
        {
            Assert.That(DeviceMemory.InUse(torch.CPU) - before, Is.InRange(Size, Size + (Size / 8)));
        }

        Assert.That(DeviceMemory.InUse(torch.CPU), Is.EqualTo(before));
    }

    [Test]
    public void A_view_costs_nothing()
    {
        using var x = torch.zeros(Size / 4);
        var before = DeviceMemory.InUse(torch.CPU);
        using var y = x.view(2, -1);
        Assert.That(DeviceMemory.InUse(torch.CPU), Is.EqualTo(before));
    }

    [Test]
    public void The_peak_remembers_what_has_gone()
    {
        DeviceMemory.ResetPeak(torch.CPU);
        var before = DeviceMemory.InUse(torch.CPU);
        torch.zeros(Size / 4).Dispose();
        Assert.That(DeviceMemory.Peak(torch.CPU) - before, Is.GreaterThanOrEqualTo(Size));
        DeviceMemory.ResetPeak(torch.CPU);
        Assert.That(DeviceMemory.Peak(torch.CPU), Is.EqualTo(before));
    }

    [Test]
    public void What_is_idle_can_be_given_back() => Assert.That(() => DeviceMemory.EmptyCache(torch.CPU), Throws.Nothing);

    [Test]
    public void The_processor_has_a_name() => Assert.That(DeviceMemory.Name(torch.CPU), Is.EqualTo("cpu"));
}
