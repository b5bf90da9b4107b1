namespace Dfx.Torch.Tests.Lifetime;

/// <summary>Which tensors a scope disposes, and when.</summary>
[NonParallelizable]
public sealed class DisposeScopeTests
{
    private long _before;

    [SetUp]
    public void Count() => _before = Garbage.CountAfterCollection();

    [TearDown]
    public void Every_tensor_is_gone() => Assert.That(torch.Tensor.TotalCount, Is.EqualTo(_before));

    [Test]
    public void A_scope_disposes_what_was_made_in_it()
    {
        torch.Tensor x, y;
        using (var scope = torch.NewDisposeScope())
        {
            x = torch.ones(2);
            y = x + 1;
            Assert.That(scope.DisposablesCount, Is.EqualTo(2));
            Assert.That((scope.Contains(x), scope.Contains(y)), Is.EqualTo((true, true)));
        }

        Assert.That((x.IsInvalid, y.IsInvalid), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_tensor_belongs_to_the_innermost_scope()
    {
        using var outer = torch.NewDisposeScope();
        var x = torch.ones(2);
        torch.Tensor y;
        using (var inner = torch.NewDisposeScope())
        {
            y = torch.ones(2);
            Assert.That((inner.Contains(x), inner.Contains(y), outer.Contains(x)), Is.EqualTo((false, true, true)));
        }

        Assert.That((x.IsInvalid, y.IsInvalid), Is.EqualTo((false, true)));
        Assert.That(outer.Contains(torch.ones(1)), Is.True, "the outer scope is the innermost one again");
    }

    [Test]
    public void A_tensor_moves_out_level_by_level()
    {
        using var outer = torch.NewDisposeScope();
        torch.Tensor x;
        using (var middle = torch.NewDisposeScope())
        {
            using (var inner = torch.NewDisposeScope())
            {
                x = torch.ones(2);
                Assert.That(inner.MoveToOuter(x), Is.SameAs(x));
                Assert.That((inner.Contains(x), middle.Contains(x)), Is.EqualTo((false, true)));
            }

            Assert.That(x.MoveToOuterDisposeScope(), Is.SameAs(x));
            Assert.That(outer.Contains(x), Is.True);
        }

        Assert.That(x.IsInvalid, Is.False);
    }

    [Test]
    public void Out_of_the_outermost_scope_a_tensor_is_its_holders()
    {
        torch.Tensor x;
        using (var scope = torch.NewDisposeScope())
        {
            x = scope.MoveToOuter(torch.ones(2));
        }

        Assert.That(x.IsInvalid, Is.False);
        x.Dispose();
    }

    [Test]
    public void Several_tensors_move_at_once()
    {
        using var outer = torch.NewDisposeScope();
        torch.Tensor x, y;
        using (var inner = torch.NewDisposeScope())
        {
            (x, y) = (torch.ones(1), torch.ones(1));
            inner.MoveToOuter(x, y);
            Assert.That((inner.DisposablesCount, outer.DisposablesCount), Is.EqualTo((0, 2)));
        }

        Assert.That((x.IsInvalid, y.IsInvalid), Is.EqualTo((false, false)));
    }

    [Test]
    public void A_tensor_moves_to_any_scope_and_out_of_all()
    {
        using var outer = torch.NewDisposeScope();
        using var middle = torch.NewDisposeScope();
        torch.Tensor x, y, z;
        using (var inner = torch.NewDisposeScope())
        {
            (x, y, z) = (torch.ones(1), torch.ones(1), torch.ones(1));
            Assert.That(inner.MoveToOther(outer, x), Is.SameAs(x));
            Assert.That(y.MoveToOtherDisposeScope(outer), Is.SameAs(y));
            Assert.That(inner.Detach(z), Is.SameAs(z));
            Assert.That((outer.DisposablesCount, middle.DisposablesCount, inner.DisposablesCount), Is.EqualTo((2, 0, 0)));
        }

        Assert.That((x.IsInvalid, y.IsInvalid, z.IsInvalid), Is.EqualTo((false, false, false)));
        outer.Attach(z);
        Assert.That(outer.Contains(z), Is.True);
        Assert.That(z.DetachFromDisposeScope().DetachFromDisposeScope(), Is.SameAs(z));
        Assert.That(outer.Contains(z), Is.False);
        z.Dispose();
    }

    // Tensors come and go at the head, in the middle and at the end of a scope's list.
    [Test]
    public void Any_order_of_leaving_keeps_the_rest([Range(0, 23)] int permutation)
    {
        var scope = torch.NewDisposeScope();
        List<torch.Tensor> tensors = [torch.ones(1), torch.ones(1), torch.ones(1), torch.ones(1)];
        var left = tensors.ToList();
        for (var n = 4; n > 0; n--)
        {
            var leaving = left[permutation % n];
            permutation /= n;
            left.RemoveAll(t => ReferenceEquals(t, leaving));
            Leave(leaving, n);
            Assert.That(scope.DisposablesCount, Is.EqualTo(left.Count));
            Assert.That(tensors.Where(scope.Contains), Is.EqualTo(left).Using<torch.Tensor>(ReferenceEquals));
        }

        scope.Dispose();
        tensors.ForEach(t => t.Dispose());

        void Leave(torch.Tensor tensor, int n)
        {
            if (n % 2 == 0)
            {
                tensor.Dispose();
            }
            else
            {
                scope.Detach(tensor);
            }
        }
    }

    [Test]
    public void Everything_but_some_goes_and_the_scope_stays()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y, z) = (torch.ones(1), torch.ones(1), torch.ones(1));
        Assert.That(scope.DisposeEverythingBut(y), Is.SameAs(y));
        Assert.That((x.IsInvalid, y.IsInvalid, z.IsInvalid), Is.EqualTo((true, false, true)));
        Assert.That(scope.DisposablesCount, Is.EqualTo(1));
        var (a, b) = (torch.ones(1), torch.ones(1));
        scope.DisposeEverythingBut(y, b);
        Assert.That((a.IsInvalid, y.IsInvalid, b.IsInvalid), Is.EqualTo((true, false, false)));
        scope.DisposeEverything();
        Assert.That(scope.DisposablesCount, Is.Zero);
        Assert.That(scope.Contains(torch.ones(1)), Is.True, "still the innermost scope");
    }

    // A scope hands on what it owns; a tensor of a caller stays the caller's, as in TorchSharp.
    [Test]
    public void A_scope_moves_only_its_own_tensors()
    {
        using var free = torch.ones(1);
        using var outer = torch.NewDisposeScope();
        var own = torch.ones(1);
        using (torch.NewDisposeScope())
        {
            using (var inner = torch.NewDisposeScope())
            {
                inner.MoveToOuter(free);
                inner.MoveToOuter(own);
                inner.Detach(own);
            }
        }

        Assert.That((free.IsInvalid, own.IsInvalid), Is.EqualTo((false, false)));
        Assert.That((outer.Contains(own), outer.Contains(free)), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_disposed_tensor_leaves_its_scope()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(1);
        x.Dispose();
        x.Dispose();
        Assert.That(scope.DisposablesCount, Is.Zero);
        scope.Attach(x);
        Assert.That(scope.DisposablesCount, Is.Zero, "nothing is left to dispose");
    }
}
