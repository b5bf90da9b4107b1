using System.Runtime.CompilerServices;
using Dfx.Sdk;

namespace Dfx.TestPlugins.ThrowsInConstructor;

/// <summary>Cannot be made.</summary>
[Method("test-throws-in-constructor", "Throws in its constructor")]
public sealed class ThrowingMethod : TrivialMethod<IDenoiser>
{
    public ThrowingMethod() => throw new InvalidOperationException("there is no such thing as a free lunch");
}

/// <summary>Leaves a trace when any code of this assembly runs: a file whose path stands in an environment variable.</summary>
internal static class Trace
{
    // CA2255: a library should not do this. That is the point.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Leave()
    {
        if (Environment.GetEnvironmentVariable("DFX_TEST_TRACE") is { Length: > 0 } path)
        {
            File.WriteAllText(path, "code of a plugin ran");
        }
    }
}
