using System.Runtime.CompilerServices;

namespace Dfx;

/// <summary>Compiled into every program: it may call the tensor library before anything of ours, and where libtorch is has to be known by then.</summary>
internal static class TensorStart
{
    [ModuleInitializer]
    internal static void Register() => RuntimeHelpers.RunModuleConstructor(typeof(Dfx.Numerics.Libtorch).Module.ModuleHandle);
}
