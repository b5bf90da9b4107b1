using System.Diagnostics;
using System.Net.Sockets;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>What is no regular file is not opened: reading a pipe that nobody writes to would wait for ever.</summary>
public sealed class RegularFileTests
{
    private TestFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Pipes_devices_and_sockets_are_told_apart_from_files()
    {
        Pipe(_folder["pipe"]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        _folder.Write("file", [1]);
        File.CreateSymbolicLink(_folder["link"], _folder["pipe"]);
        File.CreateSymbolicLink(_folder["good"], _folder["file"]);
        File.CreateSymbolicLink(_folder["dangling"], _folder["nothing"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RegularFile.Other(_folder["pipe"]), Is.EqualTo("a named pipe"));
            Assert.That(RegularFile.Other(_folder["link"]), Is.EqualTo("a named pipe"), "links are followed");
            Assert.That(RegularFile.Other(_folder["socket"]), Is.EqualTo("a socket"));
            Assert.That(RegularFile.Other("/dev/zero"), Is.EqualTo("a device of characters"));
            Assert.That(new[] { "file", "good", "dangling", "nothing", "." }.Select(name => RegularFile.Other(_folder[name])), Is.All.Null);
            Assert.That(RegularFile.Checked(_folder["file"]), Is.EqualTo(_folder["file"]));
            Assert.That(() => RegularFile.Checked(_folder["pipe"]), Throws.TypeOf<IOException>().With.Message.StartsWith($"{_folder["pipe"]} is a named pipe"));
        }
    }

    /// <summary>Every reader of this library.</summary>
    [TestCase("x.npy")]
    [TestCase("x.npz")]
    [TestCase("x.safetensors")]
    [TestCase("x.pth")]
    [CancelAfter(20_000)]
    public async Task No_reader_waits_for_a_pipe(string name, CancellationToken token)
    {
        Pipe(_folder[name]);
        var reading = Task.Run(() => Read(_folder[name]), token);
        Assert.That(await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(10), token)), Is.SameAs(reading), "it waits");
        Assert.That(async () => await reading, Throws.TypeOf<IOException>().With.Message.Contains("named pipe"));
    }

    private static object Read(string path) => Path.GetExtension(path) switch
    {
        ".npy" => Npy.Load(path),
        ".npz" => Npz.Load(path),
        ".pth" => PthFile.Open(path),
        _ => Safetensors.Load(path),
    };

    private static void Pipe(string path)
    {
        using var process = Process.Start("mkfifo", [path])!;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
    }
}
