namespace Dfx.Numerics.Tests.Precision;

/// <summary>Parameters in one tensor: the module computes as before, and whoever changes one changes the other.</summary>
public sealed class FlatParametersTests
{
    private DisposeScope? _scope;

    [SetUp]
    public void Open() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void Close() => _scope?.Dispose();

    [Test]
    public void The_module_computes_as_before_and_sees_what_changes()
    {
        using var layer = torch.nn.Conv2d(2, 3, 3);
        var x = torch.randn(1, 2, 5, 5);
        var before = layer.call(x).detach().clone();
        using var flat = new FlatParameters([.. layer.parameters()]);
        Assert.That(flat.Values.shape, Is.EqualTo(new long[] { 2 * 3 * 9 + 3 }));
        Assert.That(layer.call(x).allclose(before, 0, 0), Is.True);
        using (torch.no_grad())
        {
            flat.Values.mul_(2);
        }

        Assert.That(layer.call(x).allclose(before * 2, 1e-6, 1e-6), Is.True);
    }

    [Test]
    public void Backward_passes_add_to_the_flat_gradient()
    {
        using var layer = torch.nn.Linear(2, 1);
        using var flat = new FlatParameters([.. layer.parameters()]);
        var x = torch.tensor(new[] { 3f, 5f }, [1, 2]);
        for (var passes = 1; passes <= 2; passes++)
        {
            layer.call(x).sum().backward();
            Assert.That(flat.Gradients.data<float>().ToArray(), Is.EqualTo(new[] { 3f * passes, 5f * passes, passes }));
        }

        flat.Gradients.fill_(0);
        Assert.That(layer.weight.grad!.data<float>().ToArray(), Is.All.Zero);
    }

    [Test]
    public void One_step_of_adam_on_all_is_one_step_on_each()
    {
        torch.manual_seed(1);
        using var each = torch.nn.Linear(4, 3);
        using var all = torch.nn.Linear(4, 3);
        all.load_state_dict(each.state_dict());
        using var flat = new FlatParameters([.. all.parameters()]);
        using var ofEach = torch.optim.Adam(each.parameters(), 0.01);
        using var ofAll = torch.optim.Adam([flat.Values], 0.01);
        for (var step = 0; step < 5; step++)
        {
            var x = torch.randn(2, 4);
            ofEach.zero_grad();
            flat.Gradients.fill_(0);
            each.call(x).square().sum().backward();
            all.call(x).square().sum().backward();
            ofEach.step();
            ofAll.step();
        }

        Assert.That(all.weight.allclose(each.weight, 1e-6, 1e-7) && all.bias!.allclose(each.bias!, 1e-6, 1e-7), Is.True);
        Assert.That(each.weight.allclose(torch.zeros(3, 4)), Is.False);
    }

    [Test]
    public void They_outlive_the_scope_they_were_made_in()
    {
        using var layer = torch.nn.Linear(2, 2);
        FlatParameters flat;
        using (torch.NewDisposeScope())
        {
            flat = new([.. layer.parameters()]);
        }

        using (flat)
        {
            layer.call(torch.ones(1, 2)).sum().backward();
            Assert.That(flat.Gradients.abs().sum().ToDouble(), Is.Positive);
        }
    }

    [Test]
    public void Several_dtypes_or_none_are_refused()
    {
        Assert.That(() => new FlatParameters([]), Throws.ArgumentException);
        Assert.That(() => new FlatParameters([new(torch.ones(1)), new(torch.ones([1], torch.float64))]), Throws.ArgumentException);
    }
}
