namespace Dfx.Torch.Interop;

/// <summary>Tells the garbage collector how much native memory tensors hold, so that forgotten ones are collected in time.</summary>
/// <remarks>Tensors on the CPU only; on a GPU, dispose scopes are what keeps memory low.</remarks>
internal static unsafe class NativeMemory
{
    // Reporting costs a call into the runtime; smaller changes than this do not move a collector's decision.
    private const long Step = 16 << 20;

    // The collector's own decision comes late when the objects are small and the memory behind them is large.
    private const long FirstLimit = 512 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private static long* s_live;
    private static long s_reported;
    private static long s_limit = FirstLimit;
    private static int s_collecting;

    /// <summary>Bytes that CPU tensors hold now, counted by the allocator itself.</summary>
    internal static long LiveBytes => Volatile.Read(ref *Counter());

    // Not in a static initialiser: a missing shim must be said by its own exception.
    private static long* Counter() => s_live is not null ? s_live : s_live = (long*)Native.dfx_live_bytes();

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

        CollectBeyondLimit(live);
    }

    private static void CollectBeyondLimit(long live)
    {
        if (live <= Volatile.Read(ref s_limit) || Interlocked.Exchange(ref s_collecting, 1) != 0)
        {
            return;
        }

        GC.Collect();

        // Not for all finalisers: one of them may wait for a lock that this thread holds.
        var released = SpinWait.SpinUntil(() => LiveBytes < live - (live / 4), Patience);
        if (!released)
        {
            // The memory is in use, not forgotten: the next collection waits for half as much again.
            Volatile.Write(ref s_limit, live + (live / 2));
        }

        Volatile.Write(ref s_collecting, 0);
    }
}
