using System.Runtime.InteropServices;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Scribbles;

/// <summary>Writes to the process's standard streams, through .NET and past it. Otherwise it is well-behaved.</summary>
[Method("test-scribbles", "Scribbles")]
public sealed partial class ScribblingMethod : TrivialMethod<IDenoiser>
{
    private const int StandardOutput = 1;

    protected override void Step(TrainingContext context, int step)
    {
        Console.WriteLine("{\"scribble\": \"managed output\"}");
        Console.Error.WriteLine("scribble: managed error");
        Console.Error.WriteLine("\e[2Jscribble: a clear screen");
        var text = "scribble: native output, no line feed"u8;
        _ = Write(StandardOutput, in text[0], text.Length);
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, in byte text, nint count);
}
