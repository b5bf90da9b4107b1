using Dfx.Harness.Planning;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Planning;

/// <summary>The part of every key that stands for our own code and for libtorch.</summary>
public sealed class CodeHashTests
{
    [TestCase("host/Dfx.Sdk.dll")]
    [TestCase("host/Dfx.Diffusion.dll")]
    [TestCase("host/TorchSharp.dll")]
    [TestCase("libtorch/libtorch_cpu.so")]
    [TestCase("libtorch/libtorch_cuda.so")]
    [TestCase("libtorch/libLibTorchSharp.so")]
    public void Another_library_is_another_key(string changed)
    {
        using var scratch = Host();
        var before = Hash(scratch);
        scratch.Write(changed, "longer than before");
        Assert.That(Hash(scratch), Is.Not.EqualTo(before));
    }

    [Test]
    public void Another_folder_or_a_mark_in_the_glue_is_the_same_key()
    {
        using var one = Host();
        using var other = Host();
        other.Write("libtorch/libLibTorchSharp.so", "GLUE");
        Assert.That(Hash(other), Is.EqualTo(Hash(one)));
    }

    [Test]
    public void This_hosts_own_libraries_have_one() => Assert.That(CodeHash.Of(AppContext.BaseDirectory), Has.Length.EqualTo(64));

    private static string Hash(ScratchFolder scratch) => CodeHash.Of(scratch.At("host"), [scratch.At("elsewhere"), scratch.At("libtorch")]);

    private static ScratchFolder Host()
    {
        var scratch = new ScratchFolder();
        foreach (var name in (string[])["Dfx.Sdk", "Dfx.Numerics", "Dfx.Diffusion", "Dfx.Data", "TorchSharp"])
        {
            scratch.Write($"host/{name}.dll", name);
        }

        foreach (var (name, text) in new[] { ("libLibTorchSharp", "glue"), ("libc10", "c10"), ("libtorch_cpu", "cpu") })
        {
            scratch.Write($"libtorch/{name}.so", text);
        }

        return scratch;
    }
}
