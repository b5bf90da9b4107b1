using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Dfx.Torch.Tests.Lifetime;

/// <summary>Tensors that nobody disposes are released by the garbage collector, in time and without harm.</summary>
[NonParallelizable]
public sealed class FinaliserTests
{
    [Test]
    public void A_forgotten_tensor_is_released()
    {
        var before = Garbage.CountAfterCollection();
        Forget(100);
        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before + 100));
        Assert.That(Garbage.CountAfterCollection(), Is.EqualTo(before));
    }

    [Test]
    public void A_tensor_in_a_scope_is_not_collected_before_the_scope_ends()
    {
        using var scope = torch.NewDisposeScope();
        Forget(10);
        Garbage.CountAfterCollection();
        Assert.That(scope.DisposablesCount, Is.EqualTo(10));
    }

    [Test]
    public void The_scope_of_a_thread_that_has_ended_is_collected_with_its_tensors()
    {
        var before = Garbage.CountAfterCollection();
        var thread = new Thread(() =>
        {
            torch.NewDisposeScope();
            Forget(10);
        });
        thread.Start();
        thread.Join();
        Assert.That(Garbage.CountAfterCollection(), Is.EqualTo(before));
    }

    [Test]
    public void A_graph_that_is_forgotten_is_released()
    {
        var before = Garbage.CountAfterCollection();
        ForgetGraph();
        Assert.That(Garbage.CountAfterCollection(), Is.EqualTo(before));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void ForgetGraph()
        {
            var x = torch.ones(100).with_requires_grad();
            (x * x).sum().backward();
        }
    }

    [Test]
    public void Many_threads_make_dispose_and_forget()
    {
        var before = Garbage.CountAfterCollection();
        var clock = Stopwatch.StartNew();
        Exception? error = null;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(seed => new Thread(() => error = Churn(seed, clock) ?? error))];
        Array.ForEach(threads, t => t.Start());
        while (clock.Elapsed < TimeSpan.FromSeconds(3))
        {
            GC.Collect();
            Thread.Sleep(20);
        }

        Array.ForEach(threads, t => t.Join());
        Assert.That(error, Is.Null);
        Assert.That(Garbage.CountAfterCollection(), Is.EqualTo(before));
    }

    // A generator that is only an argument must live until the native call has returned.
    [Test]
    public void A_generator_lives_as_long_as_the_call_that_draws_from_it()
    {
        var clock = Stopwatch.StartNew();
        var collector = new Thread(() =>
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(2))
            {
                Garbage.CountAfterCollection();
            }
        });
        var expected = Drawn();
        collector.Start();
        while (clock.Elapsed < TimeSpan.FromSeconds(2))
        {
            Assert.That(Drawn(), Is.EqualTo(expected));
        }

        collector.Join();

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        static double Drawn()
        {
            using var x = torch.empty(100_000);
            x.normal_(0, 1, new torch.Generator(3));
            using var last = x[99_999];
            return last.ToDouble();
        }
    }

    /// <summary>
    /// 40 GB in all. On a quiet machine the process stays near 260 MB; the bound leaves room for a finaliser thread that waits for a processor.
    /// </summary>
    [Test]
    public void Forgotten_memory_is_released_before_it_is_missed()
    {
        for (var i = 0; i < 10_000; i++)
        {
            torch.empty(1 << 20).fill_(1);
            if (i % 500 == 0)
            {
                Assert.That(Resident(), Is.LessThan(4_000_000), $"kB after {i} tensors of 4 MB");
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(int count)
    {
        for (var i = 0; i < count; i++)
        {
            torch.ones(10);
        }
    }

    private static Exception? Churn(int seed, Stopwatch clock)
    {
        try
        {
            var random = new Random(seed);
            while (clock.Elapsed < TimeSpan.FromSeconds(3))
            {
                Turn(random);
            }

            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e;
        }
    }

    private static void Turn(Random random)
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.full(100, random.Next(9));
        var y = (x + 1).view(10, 10).t().contiguous();
        if (random.Next(2) == 0)
        {
            scope.Detach(y);
        }

        if (random.Next(3) == 0)
        {
            x.Dispose();
        }

        if (y[3, 4].ToDouble() is < 1 or > 9)
        {
            throw new InvalidOperationException("memory was reused while it was in use");
        }
    }

    private static long Resident() => long.Parse(
        File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        System.Globalization.CultureInfo.InvariantCulture);
}
