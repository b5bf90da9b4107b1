namespace Dfx.Torch.Tests.Lifetime;

/// <summary>A clean start for tests that count: tensors that earlier tests forgot are gone.</summary>
internal static class Garbage
{
    internal static long CountAfterCollection()
    {
        // Twice: the first round may finalise objects that keep others alive.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return torch.Tensor.TotalCount;
    }
}
