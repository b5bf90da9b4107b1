using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;

namespace Dfx.Torch.Tests.Lifetime;

/// <summary>What is said when the native library is missing or does not fit, in a copy of the assembly loaded beside the real one.</summary>
/// <remarks>
/// The assembly looks for its library beside itself, so a copy in another folder, in a load context of its own, meets the library
/// that is put there. None of these libraries gets so far as to change anything in this process.
/// </remarks>
[NonParallelizable]
public sealed class LoadingTests
{
    private const string Library = "libdfx_torch.so";

    private string _folder = "";

    private static string Home => Path.GetDirectoryName(typeof(torch).Assembly.Location)!;

    [SetUp]
    public void Copy()
    {
        _folder = Directory.CreateTempSubdirectory("dfx-loading-").FullName;
        File.Copy(typeof(torch).Assembly.Location, Path.Combine(_folder, "Dfx.Torch.dll"));
    }

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_missing_library_is_said_to_be_missing() => Assert.That(Refusal(), Does.Contain("is missing"));

    [Test]
    public void A_file_that_is_no_library_cannot_be_loaded([Values(0, 40)] int bytes)
    {
        Put(new byte[bytes]);
        Assert.That(Refusal(), Does.Contain("is no shared library"));
    }

    // Cut in the middle, the loader itself would end the process.
    [Test]
    public void A_library_that_was_cut_off_is_refused([Values(200, 5000, 100_000)] int bytes)
    {
        Put(File.ReadAllBytes(Path.Combine(Home, Library))[..bytes]);
        Assert.That(Refusal(), Does.Contain("only the beginning"));
    }

    [Test]
    public void A_library_of_other_sources_is_refused()
    {
        var library = File.ReadAllBytes(Path.Combine(Home, Library));
        var hash = Encoding.ASCII.GetBytes(SourceHash());
        var place = library.AsSpan().IndexOf(hash);
        Assert.That(place, Is.Positive, "the hash is in the library");
        library[place] = library[place] == (byte)'0' ? (byte)'1' : (byte)'0';
        Put(library);
        Assert.That(Refusal(), Does.Contain("other sources").And.Contain(SourceHash()));
    }

    // A library without the exports that this assembly asks first: one from before they existed, or another altogether.
    [Test]
    public void A_library_that_is_another_is_refused()
    {
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"), Path.Combine(_folder, Library));
        Refusal();
    }

    [Test]
    public void An_error_of_loading_is_said_again_by_the_next_call()
    {
        var zeros = Zeros();
        var first = Message(zeros);
        Assert.That(Message(zeros), Is.EqualTo(first));
    }

    private void Put(byte[] library) => File.WriteAllBytes(Path.Combine(_folder, Library), library);

    // The message of the innermost exception, after the checks that hold for all of them.
    private string Refusal()
    {
        var message = Message(Zeros());
        Assert.That(message, Does.Contain("./dfx doctor").And.Contain(Path.Combine(_folder, Library)));
        Assert.That(message.Split('\n'), Has.Length.EqualTo(1), "one line");
        return message;
    }

    private static string Message(MethodInfo zeros)
    {
        // 2, float32, on the CPU.
        var error = Assert.Throws<TargetInvocationException>(() => zeros.Invoke(null, [2L, null, null, false, null]))!.InnerException!;
        Assert.That(error, Is.InstanceOf<ExternalException>());
        return error.Message;
    }

    private MethodInfo Zeros()
    {
        var assembly = new AssemblyLoadContext(_folder, isCollectible: false).LoadFromAssemblyPath(Path.Combine(_folder, "Dfx.Torch.dll"));
        return assembly.GetType("Dfx.Torch.torch")!.GetMethods().Single(m =>
            m.Name == "zeros" && m.GetParameters() is [var size, { Name: "dtype" }, ..] && size.ParameterType == typeof(long));
    }

    private static string SourceHash() => (string)typeof(torch).Assembly.GetType("Dfx.Torch.Interop.Libtorch")!
        .GetField("SourceHash", BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!;
}
