namespace Dfx.Torch.Tests.Lifetime;

/// <summary>How a scope ends: by exceptions, once, in order, and for good.</summary>
[NonParallelizable]
public sealed class DisposeScopeEndTests
{
    private long _before;

    [SetUp]
    public void Count() => _before = Garbage.CountAfterCollection();

    [TearDown]
    public void Every_tensor_is_gone() => Assert.That(torch.Tensor.TotalCount, Is.EqualTo(_before));

    [Test]
    public void An_exception_ends_its_scopes()
    {
        List<torch.Tensor> made = [];
        Assert.That(Fail, Throws.InvalidOperationException);
        Assert.That(made.Select(t => t.IsInvalid), Is.All.True);

        void Fail()
        {
            using var outer = torch.NewDisposeScope();
            made.Add(torch.ones(1));
            using var inner = torch.NewDisposeScope();
            made.Add(torch.ones(1));
            throw new InvalidOperationException();
        }
    }

    [Test]
    public void A_call_that_fails_leaves_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = (torch.ones(2), torch.ones(3));
        Assert.That(() => x + y, Throws.InstanceOf<System.Runtime.InteropServices.ExternalException>());
        Assert.That(scope.DisposablesCount, Is.EqualTo(2));
    }

    [Test]
    public void A_wrapped_expression_leaves_its_result_only()
    {
        using var scope = torch.NewDisposeScope();
        var result = torch.WrappedTensorDisposeScope(() => (torch.ones(2) + 1) * 3);
        Assert.That(scope.DisposablesCount, Is.EqualTo(1));
        Assert.That(scope.Contains(result), Is.True);
    }

    [Test]
    public void A_scope_ends_once()
    {
        var outer = torch.NewDisposeScope();
        var inner = torch.NewDisposeScope();
        inner.Dispose();
        inner.Dispose();
        Assert.That(outer.Contains(torch.ones(1)), Is.True);
        outer.Dispose();
    }

    [Test]
    public void Scopes_end_innermost_first()
    {
        using var outer = torch.NewDisposeScope();
        var x = torch.ones(1);
        using var inner = torch.NewDisposeScope();
        Assert.That(outer.Dispose, Throws.InvalidOperationException.With.Message.Contains("innermost first"));
        Assert.That(x.IsInvalid, Is.False);
        Assert.That(inner.Contains(torch.ones(1)), Is.True, "nothing has changed");
    }

    [Test]
    public void A_scope_that_has_ended_takes_nothing_over()
    {
        var ended = torch.NewDisposeScope();
        ended.Dispose();
        using var x = torch.ones(1);
        Assert.That(() => ended.Attach(x), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => x.MoveToOtherDisposeScope(ended), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => x.MoveToOtherDisposeScope(null!), Throws.ArgumentNullException);
    }
}
