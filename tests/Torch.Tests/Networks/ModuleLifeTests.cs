namespace Dfx.Torch.Tests.Networks;

/// <summary>What happens to a whole module: conversion, modes, gradients, and its end.</summary>
public sealed class ModuleLifeTests : ScopedTests
{
    [Test]
    public void Conversion_keeps_the_objects_and_whether_they_train()
    {
        using var net = new Net();
        net.Bias.requires_grad = false;
        var before = net.parameters().ToArray();
        var values = Numbers.Of(net.parameters());
        var same = net.to(torch.float64);
        Assert.That(same, Is.SameAs(net));
        Assert.That(net.parameters(), Is.EqualTo(before).Using<Parameter>(ReferenceEquals));
        Assert.That(before.Select(p => p.dtype), Is.All.EqualTo(torch.float64));
        Assert.That(before.Select(p => p.requires_grad), Is.EqualTo(before.Select(p => !ReferenceEquals(p, net.Bias))));
        Assert.That(before.Select(p => p.is_leaf), Is.All.True);
        Assert.That(net.Mean.dtype, Is.EqualTo(torch.float64));
        Assert.That(Numbers.Of(net.parameters()), Is.EqualTo(values));
    }

    [Test]
    public void Conversion_leaves_integers_alone()
    {
        using var norm = torch.nn.BatchNorm2d(2).to(torch.bfloat16);
        Assert.That(norm.num_batches_tracked!.dtype, Is.EqualTo(torch.int64));
        Assert.That(norm.running_var!.dtype, Is.EqualTo(torch.bfloat16));
    }

    [Test]
    public void Conversion_makes_no_tensor()
    {
        using var net = new Net();
        var before = Lifetime.Garbage.CountAfterCollection();
        net.to(torch.float64).to(torch.CPU).to(torch.CPU, torch.float32);
        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void A_converted_parameter_still_gets_gradients()
    {
        using var layer = torch.nn.Linear(3, 2).to(torch.float64);
        layer.call(torch.ones([4, 3], torch.float64)).sum().backward();
        Assert.That(Numbers.Of(layer.weight.grad!), Is.All.EqualTo(4));
    }

    // PyTorch's Module.to converts gradients with their parameters, and touches nothing that already fits.
    [TestCase(false)]
    [TestCase(true)]
    public void Conversion_keeps_gradients(bool convert)
    {
        using var layer = torch.nn.Linear(3, 2);
        layer.call(torch.ones(4, 3)).sum().backward();
        layer.to(convert ? torch.float64 : torch.float32);
        Assert.That(layer.weight.grad, Is.Not.Null);
        Assert.That(layer.weight.grad!.dtype, Is.EqualTo(layer.weight.dtype));
        Assert.That(Numbers.Of(layer.weight.grad!), Is.All.EqualTo(4));
    }

    [Test]
    public void A_move_to_where_it_is_keeps_a_recorded_graph()
    {
        using var layer = torch.nn.Linear(3, 2);
        var loss = layer.call(torch.ones(4, 3)).sum();
        layer.to(torch.CPU);
        loss.backward();
        Assert.That(layer.weight.grad, Is.Not.Null);
    }

    [Test]
    public void Training_and_evaluation_reach_everything_below()
    {
        using var net = new Net(new Net());
        Assert.That(net.modules().Append(net).Select(m => m.training), Is.All.True);
        net.eval();
        Assert.That(net.modules().Append(net).Select(m => m.training), Is.All.False);
        net.Blocks.train();
        Assert.That(net.training, Is.False);
        Assert.That(net.Blocks.modules().Select(m => m.training), Is.All.True);
        net.train(false);
        Assert.That(net.modules().Select(m => m.training), Is.All.False);
    }

    [Test]
    public void Apply_visits_children_before_their_parent()
    {
        using var bag = new Bag().With("a", new Bag().With("x", torch.nn.Identity())).With("b", torch.nn.Tanh());
        List<torch.nn.Module> seen = [];
        Assert.That(bag.apply(seen.Add), Is.SameAs(bag));
        var byName = bag.named_modules().ToDictionary(m => m.name, m => m.module);
        Assert.That(seen, Is.EqualTo(new[] { byName["a.x"], byName["a"], byName["b"], bag }).Using<torch.nn.Module>(ReferenceEquals));
    }

    [Test]
    public void Zero_grad_forgets_gradients_or_fills_them()
    {
        using var layer = torch.nn.Linear(3, 2);
        layer.call(torch.ones(4, 3)).sum().backward();
        layer.zero_grad(set_to_none: false);
        Assert.That(Numbers.Of(layer.weight.grad!), Is.All.Zero);
        layer.zero_grad();
        Assert.That(layer.parameters().Select(p => p.grad), Is.All.Null);
    }

    [Test]
    public void Disposing_reaches_parameters_buffers_and_submodules()
    {
        var before = Lifetime.Garbage.CountAfterCollection();
        var net = new Net(new Net());
        torch.Tensor[] owned = [.. net.parameters(), .. net.buffers()];
        net.Dispose();
        net.Dispose();
        Assert.That(owned.Select(t => t.IsInvalid), Is.All.True);
        Assert.That(torch.Tensor.TotalCount, Is.EqualTo(before), "nothing else was left behind");
    }

    [Test]
    public void A_module_outlives_the_scope_that_it_was_made_in()
    {
        Net net;
        using (torch.NewDisposeScope())
        {
            net = new Net(new Net());
            net.to(torch.float64);
        }

        using (net)
        {
            Assert.That(net.parameters().Select(p => p.IsInvalid), Is.All.False);
            Assert.That(net.buffers().Select(b => b.IsInvalid), Is.All.False);
            Assert.That(net.call(torch.ones([2, 3], torch.float64)).shape, Is.EqualTo(new long[] { 2, 4 }));
        }
    }

    [Test]
    public void Every_layer_outlives_the_scope_that_it_was_made_in()
    {
        torch.nn.Module[] layers;
        using (torch.NewDisposeScope())
        {
            layers =
            [
                torch.nn.Conv2d(1, 1, 1), torch.nn.ConvTranspose2d(1, 1, 1), torch.nn.GroupNorm(1, 1), torch.nn.LayerNorm(1),
                torch.nn.BatchNorm2d(1), torch.nn.Embedding(2, 2, 0),
            ];
        }

        Assert.That(layers.SelectMany(l => l.state_dict().Values).Select(t => t.IsInvalid), Is.All.False);
    }

    [Test]
    public void A_step_that_gives_a_tensor_of_its_own_keeps_it()
    {
        using var kept = torch.ones(2).DetachFromDisposeScope();
        using (torch.NewDisposeScope())
        {
            torch.nn.Sequential(new Lambda(_ => kept)).call(torch.zeros(2));
        }

        Assert.That(kept.IsInvalid, Is.False, "a sequence hands on its own intermediate results, no tensor of someone else");
    }

    [Test]
    public void A_parameter_is_a_leaf_that_takes_its_data_over()
    {
        var data = torch.ones(3);
        var parameter = new Parameter(data);
        Assert.That((data.IsInvalid, parameter.is_leaf, parameter.requires_grad), Is.EqualTo((true, true, true)));
        Assert.That(new Parameter(torch.ones(2), requires_grad: false).requires_grad, Is.False);
        Assert.That(torch.nn.Parameter(torch.ones(2) * 2).is_leaf, Is.True);
    }
}
