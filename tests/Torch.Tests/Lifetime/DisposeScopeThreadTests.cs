namespace Dfx.Torch.Tests.Lifetime;

/// <summary>A scope is that of its thread: what others do with its tensors is safe, or refused.</summary>
[NonParallelizable]
public sealed class DisposeScopeThreadTests
{
    private long _before;

    [SetUp]
    public void Count() => _before = Garbage.CountAfterCollection();

    [TearDown]
    public void Every_tensor_is_gone() => Assert.That(torch.Tensor.TotalCount, Is.EqualTo(_before));

    [Test]
    public void Another_thread_has_no_scope()
    {
        using var scope = torch.NewDisposeScope();
        using var x = Elsewhere(() => torch.ones(1));
        Assert.That((scope.Contains(x), scope.DisposablesCount), Is.EqualTo((false, 0)));
        scope.Attach(x);
        Assert.That(scope.Contains(x), Is.True);
    }

    [Test]
    public void Tensors_disposed_elsewhere_are_skipped()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] tensors = [.. Enumerable.Range(0, 9).Select(_ => torch.ones(1))];
        Elsewhere(() => Array.ForEach([tensors[0], tensors[4], tensors[8]], t => t.Dispose()));
        Assert.That(tensors.Count(t => t.IsInvalid), Is.EqualTo(3));
        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(_before + 6), "released at once");
        tensors[5].Dispose();
        Assert.That(tensors[1].IsInvalid, Is.False);
    }

    [Test]
    public void Many_threads_dispose_what_a_scope_disposes_as_well()
    {
        for (var round = 0; round < 20; round++)
        {
            var scope = torch.NewDisposeScope();
            torch.Tensor[] tensors = [.. Enumerable.Range(0, 200).Select(_ => torch.ones(1))];
            var helper = new Thread(() => Array.ForEach(tensors, t => t.Dispose()));
            helper.Start();
            scope.Dispose();
            helper.Join();
            Assert.That(tensors.Select(t => t.IsInvalid), Is.All.True);
        }
    }

    [Test]
    public void Another_thread_does_not_end_a_scope()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(1);
        Assert.That(() => Elsewhere(scope.Dispose), Throws.InvalidOperationException.With.Message.Contains("thread"));
        Assert.That(x.IsInvalid, Is.False);
        Assert.That(scope.Contains(torch.ones(1)), Is.True);
    }

    // Without an error the tensor would stay in a list that only its own thread may change, and be disposed after all.
    [Test]
    public void Another_thread_takes_nothing_out_of_a_scope()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(1);
        Assert.That(() => Elsewhere(() => x.DetachFromDisposeScope()), Throws.InvalidOperationException.With.Message.Contains("thread"));
        Assert.That(() => Elsewhere(() => x.MoveToOuterDisposeScope()), Throws.InvalidOperationException.With.Message.Contains("thread"));
        Assert.That(scope.Contains(x), Is.True);
    }

    [Test]
    public void Another_threads_scope_does_not_tear_this_ones_list()
    {
        var scope = torch.NewDisposeScope();
        torch.Tensor[] tensors = [.. Enumerable.Range(0, 5).Select(_ => torch.ones(1))];
        try
        {
            Elsewhere(() =>
            {
                using var theirs = torch.NewDisposeScope();
                theirs.Attach(tensors[2]);
            });
        }
        catch (InvalidOperationException)
        {
            // Refused, which is as good as moved.
        }

        scope.Dispose();
        Assert.That(tensors.Select(t => t.IsInvalid), Is.All.True, "every tensor was disposed, by one scope or the other");
    }

    private static void Elsewhere(Action action) => Elsewhere<object?>(() =>
    {
        action();
        return null;
    });

    private static T Elsewhere<T>(Func<T> function)
    {
        var (result, error) = (default(T), default(Exception));
        var thread = new Thread(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                error = e;
            }
        });
        thread.Start();
        thread.Join();
        return error is null ? result! : throw error;
    }
}
