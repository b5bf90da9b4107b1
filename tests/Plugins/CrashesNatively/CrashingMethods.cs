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

/// <summary>Takes the process down with a C++ exception that nobody catches.</summary>
[Method("test-terminates", "Terminates")]
public sealed partial class TerminatingMethod : TrivialMethod<IDenoiser>
{
    protected override void Step(TrainingContext context, int step) => ThrowLengthError("no shape fits");

    // std::__throw_length_error(char const*), which the headers of libstdc++ call.
    [LibraryImport("libstdc++.so.6", EntryPoint = "_ZSt20__throw_length_errorPKc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void ThrowLengthError(string what);
}

internal static partial class Libc
{
    [LibraryImport("libc", EntryPoint = "abort")]
    internal static partial void Abort();

    [LibraryImport("libc", EntryPoint = "strlen")]
    internal static partial nint Length(nint text);
}
