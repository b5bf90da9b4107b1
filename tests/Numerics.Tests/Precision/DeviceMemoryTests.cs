namespace Dfx.Numerics.Tests.Precision;

/// <summary>Memory of this process; tests that run beside move it, so the tensors are large.</summary>
[NonParallelizable]
public sealed class DeviceMemoryTests
{
    private const long Size = 256 << 20;
    private const long Slack = 64 << 20;

    [Test]
    public void A_tensor_counts_while_it_lives()
    {
        var before = DeviceMemory.InUse(torch.CPU)!.Value;
        using (torch.ones(Size / 4))
        {
            Assert.That(DeviceMemory.InUse(torch.CPU) - before, Is.InRange(Size - Slack, Size + Slack));
        }

        DeviceMemory.EmptyCache(torch.CPU);
        Assert.That(DeviceMemory.InUse(torch.CPU) - before, Is.LessThan(Slack));
    }

    [Test]
    public void The_peak_remembers_what_has_gone_until_it_starts_anew()
    {
        DeviceMemory.EmptyCache(torch.CPU);
        DeviceMemory.ResetPeak(torch.CPU);
        var before = DeviceMemory.Peak(torch.CPU)!.Value;
        torch.ones(Size / 4).Dispose();
        Assert.That(DeviceMemory.Peak(torch.CPU) - before, Is.GreaterThan(Size - Slack));
        DeviceMemory.EmptyCache(torch.CPU);
        DeviceMemory.ResetPeak(torch.CPU);
        Assert.That(DeviceMemory.Peak(torch.CPU) - before, Is.LessThan(Slack));
    }

    /// <summary>NVML says 2^64 - 1 (NVML_VALUE_NOT_AVAILABLE) for a process whose memory it does not know.</summary>
    [Test]
    public void A_process_whose_memory_of_a_gpu_is_not_known_is_left_out() =>
        Assert.That(Nvml.Known([(10, 300), (30, ulong.MaxValue), (0, 1), (20, 40)]), Is.EqualTo(new[] { (10, 300L), (20, 40L) }));

    [Test]
    public void Without_a_driver_no_process_holds_a_gpu()
    {
        Assume.That(Directory.Exists("/proc/driver/nvidia"), Is.False, "this machine has a graphics card");
        Assert.That(Nvml.Held("0"), Is.Empty);
    }

    [Test]
    public void The_processor_has_a_name() => Assert.That(DeviceMemory.Name(torch.CPU), Is.EqualTo("cpu"));

    [Test]
    public void Without_a_driver_nothing_is_said_of_a_gpu()
    {
        Assume.That(Directory.Exists("/proc/driver/nvidia"), Is.False, "this machine has a driver");
        Assert.That(Nvml.InUse(0), Is.Null);
        Assert.That(Nvml.Name(0), Is.Null);
    }

    [TestCase(null, 1, "1")]
    [TestCase("", 0, "0")]
    [TestCase("3,5", 1, "5")]
    [TestCase("GPU-8932f937-d72c-4106-c12f-20bd9faed9f6, 2", 0, "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6")]
    [TestCase("3", 1, "1")]
    public void The_nth_visible_gpu_is_the_one_that_cuda_counts(string? visible, int index, string expected) =>
        Assert.That(Nvml.Visible(visible, index), Is.EqualTo(expected));
}
