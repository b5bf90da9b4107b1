using System.Diagnostics;

namespace Dfx.Numerics.Tests.Files;

/// <summary>A stated number of damaged files, as a test.</summary>
internal static class Fuzzing
{
    internal static void Check(FuzzedKind kind, int seed, int count)
    {
        var (fuzz, clock) = (new Fuzz(kind, seed), Stopwatch.StartNew());
        while (fuzz.Files < count)
        {
            if (fuzz.Next() is { } fault)
            {
                Assert.Fail(fault);
            }
        }

        TestContext.Out.WriteLine($"{count} files of {kind.Name}, {fuzz.Readable} still readable, {clock.Elapsed.TotalSeconds:F1} s");
        Assert.That(fuzz.Readable, Is.InRange(count / 200, count * 95 / 100), "damage that is always or never noticed tests little");
    }
}
