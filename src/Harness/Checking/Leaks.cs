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
        var before = Counts();
        long inScope;
        using (torch.NewDisposeScope())
        {
            run(steps);
            inScope = Since(before);
        }

        return (inScope, Since(before));
    }

    private static long Since((long Total, long OfThread) before)
    {
        var now = Counts();
        return Math.Min(now.Total - before.Total, now.OfThread - before.OfThread);
    }

    // TorchSharp's total counts every parameter twice and takes one away; the count of the thread does not see what the finaliser takes, which
    // is no leak. What both say is alive is.
    private static (long Total, long OfThread) Counts()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return (torch.Tensor.TotalCount, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }
}
