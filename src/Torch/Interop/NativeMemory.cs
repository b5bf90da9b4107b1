namespace Dfx.Torch.Interop;

/// <summary>Tells the garbage collector how much native memory tensors hold, so that forgotten ones are collected in time.</summary>
internal static unsafe class NativeMemory
{
    // Reporting costs a call into the runtime; smaller changes than this do not move a collector's decision.
    private const long Step = 16 << 20;

    private static readonly long* s_live = (long*)Native.dfx_live_bytes();
    private static long s_reported;

    /// <summary>Bytes that CPU tensors hold now, counted by the allocator itself.</summary>
    internal static long LiveBytes => Volatile.Read(ref *s_live);

    /// <summary>Called for every new tensor: one memory read, unless much has changed since the last report.</summary>
    internal static void Observe()
    {
        var change = LiveBytes - Volatile.Read(ref s_reported);
        if (change is > Step or < -Step)
        {
            Report();
        }
    }

    private static void Report()
    {
        var live = LiveBytes;
        var change = live - Interlocked.Exchange(ref s_reported, live);
        if (change > 0)
        {
            GC.AddMemoryPressure(change);
        }
        else if (change < 0)
        {
            GC.RemoveMemoryPressure(-change);
        }
    }
}
