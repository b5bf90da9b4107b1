using System.Runtime.CompilerServices;

namespace Dfx.Tests;

/// <summary>Tests may call the tensor library before anything of ours: where libtorch is has to be known by then.</summary>
internal static class TensorStart
{
    [ModuleInitializer]
    internal static void Register() => RuntimeHelpers.RunModuleConstructor(typeof(Dfx.Numerics.Libtorch).Module.ModuleHandle);
}
