using System.Runtime.InteropServices;
using Dfx.Sdk;

namespace Dfx.TestPlugins.CrashesNatively;

/// <summary>Takes the process down with abort().</summary>
[Method("test-aborts", "Aborts")]
public sealed class AbortingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step) => Libc.Abort();
}

/// <summary>Takes the process down by reading memory that is not there, in native code.</summary>
[Method("test-segfaults", "Segfaults")]
public sealed class SegfaultingMethod : TrivialMethod<IDenoiser>
{
    private const nint Nowhere = 16;

    protected override void Step(TrainingContext context, int step) => Libc.Length(Nowhere);
}

internal static partial class Libc
{
    [LibraryImport("libc", EntryPoint = "abort")]
    internal static partial void Abort();

    [LibraryImport("libc", EntryPoint = "strlen")]
    internal static partial nint Length(nint text);
}
