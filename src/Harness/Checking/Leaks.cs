namespace Dfx.Harness.Checking;

/// <summary>Counts tensors that are left behind.</summary>
internal static class Leaks
{
    /// <summary>
    /// Refuses an action that leaves tensors alive after the scope around it, or leaves more in that scope when it takes more steps. The
    /// first runs are not counted: what is made once and kept is no leak.
    /// </summary>
    /// <param name="run">The action; the number is one of <paramref name="few"/> and <paramref name="many"/>.</param>
    /// <param name="few">A short run.</param>
    /// <param name="many">A long run.</param>
    internal static void Refuse(Action<int> run, int few, int many)
    {
        _ = (Left(run, few), Left(run, many));
        var (inFew, afterFew) = Left(run, few);
        var (inMany, afterMany) = Left(run, many);
        Expect.That(afterFew <= 0 && afterMany <= 0, $"{Math.Max(afterFew, afterMany)} tensors were still alive after the run and its scope");
        Expect.That(inMany <= inFew, $"{inMany - inFew} tensors more were left in the caller's scope by a run of {many} steps than by one of {few}");
    }

    private static (long InScope, long After) Left(Action<int> run, int steps)
    {
        var before = Alive();
        long inScope;
        using (torch.NewDisposeScope())
        {
            run(steps);
            inScope = Alive() - before;
        }

        return (inScope, Alive() - before);
    }

    // What nobody holds any more is the finaliser's matter, and no leak.
    private static long Alive()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}
