using System.Runtime.InteropServices;

namespace Dfx.Torch.Tests.Networks;

/// <summary>Differentiation against derivatives worked out by hand.</summary>
public sealed class AutogradTests : ScopedTests
{
    [Test]
    public void What_depends_on_a_leaf_that_needs_a_gradient_needs_one()
    {
        var (x, y) = (torch.ones(2).with_requires_grad(), torch.ones(2));
        var z = x * y;
        Assert.That((x.requires_grad, x.is_leaf), Is.EqualTo((true, true)));
        Assert.That((y.requires_grad, y.is_leaf), Is.EqualTo((false, true)));
        Assert.That((z.requires_grad, z.is_leaf), Is.EqualTo((true, false)));
        Assert.That((y * 2).requires_grad, Is.False);
        Assert.That(x.gt(0).requires_grad, Is.False, "comparisons have no derivative");
        Assert.That(torch.zeros(2, requires_grad: true).requires_grad, Is.True);
    }

    [Test]
    public void Only_real_and_complex_leaves_can_need_gradients()
    {
        Fails(() => torch.ones(2, torch.int64).requires_grad = true);
        var z = torch.ones(2).with_requires_grad() * 2;
        Fails(() => z.requires_grad = false);
    }

    [Test]
    public void Gradients_add_up_over_backward_passes()
    {
        var x = Numbers.Tensor([1, 2, 3], 3).with_requires_grad();
        (x * x).sum().backward();
        Assert.That(Numbers.Of(x.grad!), Is.EqualTo(new double[] { 2, 4, 6 }));
        (x * 3).sum().backward();
        Assert.That(Numbers.Of(x.grad!), Is.EqualTo(new double[] { 5, 7, 9 }));
        x.grad = null;
        Assert.That(x.grad, Is.Null);
        x.sum().backward();
        Assert.That(Numbers.Of(x.grad!), Is.All.EqualTo(1));
    }

    [Test]
    public void A_graph_serves_once_unless_it_is_retained()
    {
        var x = torch.ones(2).with_requires_grad();
        var y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.That(Numbers.Of(x.grad!), Is.All.EqualTo(4));
        Fails(() => y.backward(), "second time");
    }

    [Test]
    public void Several_outputs_need_weights()
    {
        var x = Numbers.Tensor([1, 2], 2).with_requires_grad();
        Fails(() => (x * x).backward(), "scalar");
        (x * x).backward([Numbers.Tensor([1, 10], 2)]);
        Assert.That(Numbers.Of(x.grad!), Is.EqualTo(new double[] { 2, 40 }));
    }

    [Test]
    public void Backward_reaches_only_the_inputs_that_it_is_given()
    {
        var (x, y) = (torch.ones(2).with_requires_grad(), torch.ones(2).with_requires_grad());
        (x * y * 3).sum().backward(inputs: [y]);
        Assert.That(x.grad, Is.Null);
        Assert.That(Numbers.Of(y.grad!), Is.All.EqualTo(3));
    }

    [Test]
    public void Backward_of_several_roots_is_that_of_their_sum()
    {
        var x = Numbers.Tensor([2], 1).with_requires_grad();
        torch.autograd.backward([x.square().sum(), (3 * x).sum()]);
        Assert.That(x.grad!.ToDouble(), Is.EqualTo(7));
    }

    [Test]
    public void Grad_gives_derivatives_and_gathers_none()
    {
        var (x, y) = (Numbers.Tensor([2], 1).with_requires_grad(), Numbers.Tensor([5], 1).with_requires_grad());
        var grads = torch.autograd.grad([(x * x * y).sum()], [x, y]);
        Assert.That(grads.Select(g => g.ToDouble()), Is.EqualTo(new double[] { 20, 4 }));
        Assert.That((x.grad, y.grad), Is.EqualTo(((torch.Tensor?)null, (torch.Tensor?)null)));
    }

    [Test]
    public void Grad_weighs_outputs()
    {
        var x = Numbers.Tensor([1, 2, 3], 3).with_requires_grad();
        var grads = torch.autograd.grad([x.square(), x * 2], [x], [Numbers.Tensor([1, 10, 100], 3), torch.ones(3, torch.float64)]);
        Assert.That(Numbers.Of(grads[0]), Is.EqualTo(new double[] { 4, 42, 602 }));
    }

    [Test]
    public void Derivatives_of_derivatives()
    {
        var x = Numbers.Tensor([0.3, 1.2], 2).with_requires_grad();
        var first = torch.autograd.grad([x.sin().sum()], [x], create_graph: true)[0];
        var second = torch.autograd.grad([first.sum()], [x], create_graph: true)[0];
        var third = torch.autograd.grad([second.sum()], [x])[0];
        Assert.That(first.requires_grad, Is.True);
        Assert.That(Numbers.Of(first), Numbers.Close([Math.Cos(0.3), Math.Cos(1.2)]));
        Assert.That(Numbers.Of(second), Numbers.Close([-Math.Sin(0.3), -Math.Sin(1.2)]));
        Assert.That(Numbers.Of(third), Numbers.Close([-Math.Cos(0.3), -Math.Cos(1.2)]));
        Assert.That(third.requires_grad, Is.False);
    }

    [Test]
    public void Backward_can_create_a_graph()
    {
        var x = Numbers.Tensor([3], 1).with_requires_grad();
        (x * x * x).sum().backward(create_graph: true);
        var slope = x.grad!;
        x.grad = null;
        slope.sum().backward();
        Assert.That(x.grad!.ToDouble(), Is.EqualTo(18), "the second derivative of x³ at 3");
    }

    [Test]
    public void An_input_that_nothing_depends_on_is_null_where_that_is_allowed()
    {
        var (x, y) = (torch.ones(2).with_requires_grad(), torch.ones(2).with_requires_grad());
        Fails(() => torch.autograd.grad([x.sum()], [x, y]), "allow_unused");
        var grads = torch.autograd.grad([(x * 2).sum()], [y, x], allow_unused: true);
        Assert.That(grads[0], Is.Null);
        Assert.That(Numbers.Of(grads[1]), Is.All.EqualTo(2));
    }

    [Test]
    public void Detached_tensors_share_memory_but_no_graph()
    {
        var x = torch.ones(2).with_requires_grad();
        var y = (x * 2).detach();
        Assert.That((y.requires_grad, y.is_leaf), Is.EqualTo((false, true)));
        var z = torch.ones(2);
        z.detach().fill_(5);
        Assert.That(Numbers.Of(z), Is.All.EqualTo(5));
        var own = x * 2;
        Assert.That(own.detach_(), Is.SameAs(own));
        Assert.That(own.requires_grad, Is.False);
    }

    [Test]
    public void An_inner_tensor_keeps_its_gradient_if_asked()
    {
        var x = torch.ones(2).with_requires_grad();
        var y = x * 3;
        y.retain_grad();
        (y * y).sum().backward();
        Assert.That(Numbers.Of(y.grad!), Is.All.EqualTo(6));
        Assert.That(Numbers.Of(x.grad!), Is.All.EqualTo(18));
    }

    [Test]
    public void A_leaf_that_needs_a_gradient_is_not_changed_in_place()
    {
        var x = torch.ones(2).with_requires_grad();
        Fails(() => x.add_(1), "leaf");
        using (torch.no_grad())
        {
            x.add_(1);
        }

        Assert.That(Numbers.Of(x), Is.All.EqualTo(2));
    }

    [Test]
    public void A_graph_outlives_its_managed_tensors()
    {
        var x = Numbers.Tensor([0.5], 1).with_requires_grad();
        torch.Tensor loss;
        using (var scope = torch.NewDisposeScope())
        {
            loss = scope.MoveToOuter(x.exp().square().sin().sum());
        }

        loss.backward();
        Assert.That(x.grad!.ToDouble(), Is.EqualTo(Math.Cos(Math.Exp(1)) * 2 * Math.Exp(1)).Within(1e-12));
    }

    // PyTorch checks what is assigned; a gradient of another shape would be read beyond its end by an optimizer.
    [Test]
    public void A_gradient_has_the_shape_and_the_dtype_of_its_tensor()
    {
        var x = torch.ones(100).with_requires_grad();
        Fails(() => x.grad = torch.ones(2));
        Fails(() => x.grad = torch.ones(100, torch.float64));
        Assert.That(x.grad, Is.Null);
    }

    private static void Fails(Action bad, string part = "") =>
        Assert.That(() => bad(), Throws.InstanceOf<ExternalException>().With.Message.Contains(part));
}
