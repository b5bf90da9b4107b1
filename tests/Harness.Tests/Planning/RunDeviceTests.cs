using Dfx.Harness.Planning;

namespace Dfx.Harness.Tests.Planning;

/// <summary>What <c>--device</c> takes, and which worker gets which GPU.</summary>
public sealed class RunDeviceTests
{
    [TestCase("cpu", "cpu", "")]
    [TestCase("cuda", "cuda", "")]
    [TestCase("cuda:0", "cuda", "0")]
    [TestCase("cuda:3,0,1", "cuda", "3 0 1")]
    public void A_device_is_a_class_and_gpus(string text, string type, string gpus)
    {
        var device = RunDevice.Parse(text);
        Assert.That((device.Type, string.Join(' ', device.Gpus), device.Text), Is.EqualTo((type, gpus, text)));
    }

    [TestCase("gpu", "expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("CUDA", "expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("", "expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("cuda:", "'' is no index of a GPU; expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("cuda:0,", "'' is no index of a GPU; expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("cuda:-1", "'-1' is no index of a GPU; expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("cuda:0, 1", "' 1' is no index of a GPU; expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("cuda:0,cuda:1", "'cuda:1' is no index of a GPU; expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("cuda:99999999999", "'99999999999' is no index of a GPU; expected cpu, cuda, or GPUs by their indices, such as cuda:0,1")]
    [TestCase("cuda:1,0,1", "it names GPU 1 twice; --workers gives a GPU several workers")]
    [TestCase("cuda:1,01", "it names GPU 1 twice; --workers gives a GPU several workers")]
    [TestCase("cuda:0,cpu", "results of the CPU and of GPUs differ; name one of the two")]
    [TestCase("cpu,cuda:0", "results of the CPU and of GPUs differ; name one of the two")]
    [TestCase("cpu,cuda", "results of the CPU and of GPUs differ; name one of the two")]
    public void What_names_no_device_is_one_clear_error(string text, string why) =>
        Assert.That(() => RunDevice.Parse(text), Throws.TypeOf<UsageException>().With.Message.EqualTo($"--device {text}: {why}"));

    // Asked, threads and processors; on the CPU the count is that of all workers, on GPUs that of each.
    [TestCase("cpu", null, 2, 16, "- - - - - - - -")]
    [TestCase("cpu", null, 4, 2, "-")]
    [TestCase("cpu", 3, 4, 2, "- - -")]
    [TestCase("cuda", null, 2, 16, "-")]
    [TestCase("cuda", 3, 2, 16, "- - -")]
    [TestCase("cuda:1", null, 2, 16, "1")]
    [TestCase("cuda:2", 2, 2, 16, "2 2")]
    [TestCase("cuda:0,1", null, 2, 16, "0 1")]
    [TestCase("cuda:0,1", 2, 2, 16, "0 1 0 1")]
    [TestCase("cuda:3,5,4", 2, 2, 16, "3 5 4 3 5 4")]
    public void Workers_take_turns_on_the_gpus(string text, int? asked, int threads, int processors, string gpus)
    {
        var device = RunDevice.Parse(text);
        var workers = Enumerable.Range(0, device.Workers(asked, threads, processors)).Select(device.GpuOf);
        Assert.That(string.Join(' ', workers.Select(gpu => gpu is null ? "-" : $"{gpu}")), Is.EqualTo(gpus));
    }

    [TestCase("cuda:0,1", "H200 H200", null)]
    [TestCase("cuda:1", "A100 H200", null)]
    [TestCase("cuda:0,2", "A100 H200 A100", null)]
    [TestCase("cuda:0,1", "? H200", null)]
    [TestCase("cuda:0,1", "? ?", null)]
    [TestCase("cuda:0,2,1", "H200 A100 H200", "cuda:0 (H200) and cuda:1 (A100) are different kinds of GPU, whose results differ; name GPUs of one kind")]
    [TestCase("cuda:0,2", "H200 ?", "there is no GPU 2: libtorch sees cuda:0 (H200), cuda:1")]
    public void Gpus_have_to_be_there_and_of_one_kind(string text, string names, string? problem) =>
        Assert.That(RunDevice.Parse(text).Problem([.. names.Split(' ').Select(name => name == "?" ? null : name)]), Is.EqualTo(problem));

    /// <summary>Which GPU ran it is no part of a key: neither the plan nor what a worker is sent has an index.</summary>
    [Test]
    public void Keys_know_the_class_alone()
    {
        var matrix = Matrix.Matrices.Read();
        var (one, two) = (Plans.Make(matrix, "cuda"), Plans.Make(matrix, RunDevice.Parse("cuda:1,3").Type));
        Assert.That(two.Jobs.Select(job => (job.Key, job.Device)), Is.EqualTo(one.Jobs.Select(job => (job.Key, job.Device))));
    }
}
