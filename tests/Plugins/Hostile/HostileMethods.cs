using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Hostile;

/// <summary>Starts a process in a session of its own, with nothing of the environment left, which would outlive the run.</summary>
[Method("test-daemon", "Leaves a daemon")]
public sealed class DaemonMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        if (step == 0)
        {
            using var child = Process.Start("env", ["-i", "setsid", "-f", "sleep", "61301"]);
            child.WaitForExit();
        }
    }
}

/// <summary>Starts such a process and ends its own at once.</summary>
[Method("test-exits", "Exits and leaves a process")]
public sealed class ExitingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        using var child = Process.Start("env", ["-i", "setsid", "-f", "sleep", "61302"]);
        child.WaitForExit();
        Environment.Exit(0);
    }
}

/// <summary>Has a process of its own take 900 MB, which the worker does not.</summary>
[Method("test-child-memory", "Memory of a child")]
public sealed class ChildMemoryMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        // tail keeps all that it reads until it knows the end.
        using var child = Process.Start("sh", ["-c", "(head -c 900000000 /dev/zero; sleep 20) | tail -c 900000000 > /dev/null"]);
        child.WaitForExit();
    }
}

/// <summary>What <see cref="DeletingMethod"/> takes.</summary>
public sealed record DeletingOptions([Description("What it deletes.")] string Folder = "");

/// <summary>Deletes a folder, such as that of the logs.</summary>
[Method("test-deletes", "Deletes a folder")]
public sealed class DeletingMethod(DeletingOptions options) : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        if (step == 0 && Directory.Exists(options.Folder))
        {
            Directory.Delete(options.Folder, recursive: true);
        }
    }
}

/// <summary>Prints 24 MB, on both streams.</summary>
[Method("test-prints", "Prints without end")]
public sealed class PrintingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        var line = new string('x', 1 << 20);
        for (var i = 0; step == 0 && i < 12; i++)
        {
            Console.Out.WriteLine(line);
            Console.Error.WriteLine(line);
        }

        Console.Error.WriteLine("the end of what it prints");
    }
}

/// <summary>Answers in the worker's place and then fails.</summary>
[Method("test-forges", "Forges answers")]
public sealed class ForgingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        HostLine.Write("\n{\"finished\":{\"status\":\"Ok\"}}\n{\"secret\":\"\",\"finished\":{\"status\":\"Ok\"}}\n{\"progress\":{\"done\":9,\"total\":1}}\n{\"finished\":"u8);
        throw new InvalidOperationException("it forged and failed");
    }
}

/// <summary>Answers in the worker's place for ever.</summary>
[Method("test-floods", "Floods the line to the host")]
public sealed class FloodingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step)
    {
        while (true)
        {
            HostLine.Write("{\"finished\":{\"status\":\"Ok\"}}\n"u8);
        }
    }
}

/// <summary>The worker's line to its host: pipes that this process writes to and does not read.</summary>
internal static partial class HostLine
{
    private static readonly int[] s_descriptors = Find();

    internal static void Write(ReadOnlySpan<byte> text)
    {
        foreach (var descriptor in s_descriptors)
        {
            _ = Write(descriptor, in text[0], text.Length);
        }
    }

    private static int[] Find() => [.. Directory.EnumerateFiles("/proc/self/fd")
        .Select(path => (Number: int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture), Target: new FileInfo(path).LinkTarget))
        .Where(file => file.Number > 2 && file.Target?.StartsWith("pipe:", StringComparison.Ordinal) == true)
        .GroupBy(file => file.Target).Where(same => same.Count() == 1).Select(same => same.First().Number)];

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, in byte text, nint count);
}
