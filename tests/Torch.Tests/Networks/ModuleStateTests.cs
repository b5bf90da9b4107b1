namespace Dfx.Torch.Tests.Networks;

/// <summary>Saving and loading the state of modules.</summary>
public sealed class ModuleStateTests : ScopedTests
{
    [Test]
    public void The_state_is_every_parameter_and_every_persistent_buffer_itself()
    {
        using var bag = new Bag().With("keep", torch.ones(1), true).With("drop", torch.ones(1), false).With("in", torch.nn.Linear(1, 1));
        var state = bag.state_dict();
        Assert.That(state.Keys, Is.EquivalentTo(new[] { "in.weight", "in.bias", "keep" }));
        Assert.That(state["in.weight"], Is.SameAs(bag.parameters().First()));
        Assert.That(bag.named_buffers(include_nonpersistent: false).Select(b => b.name), Is.EqualTo(new[] { "keep" }));
        Assert.That(bag.buffers().Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_prefix_and_a_destination_gather_several_modules()
    {
        using var layer = torch.nn.Linear(1, 1);
        var into = layer.state_dict(prefix: "a");
        Assert.That(layer.state_dict(into, "b"), Is.SameAs(into));
        Assert.That(into.Keys, Is.EqualTo(new[] { "a.weight", "a.bias", "b.weight", "b.bias" }));
    }

    [Test]
    public void Loading_copies_values_into_the_same_objects()
    {
        using var from = new Net();
        using var to = new Net();
        Numbers.Randomise(from, 1);
        var objects = to.parameters().ToArray();
        var (missing, unexpected) = to.load_state_dict(from.state_dict());
        Assert.That((missing.Count, unexpected.Count), Is.EqualTo((0, 0)));
        Assert.That(Numbers.Of(to.parameters()), Is.EqualTo(Numbers.Of(from.parameters())));
        Assert.That(to.parameters(), Is.EqualTo(objects).Using<Parameter>(ReferenceEquals));
        Assert.That(to.parameters().Select(p => p.requires_grad && p.is_leaf), Is.All.True);
        Numbers.Randomise(from, 50);
        Assert.That(Numbers.Of(to.parameters()), Is.Not.EqualTo(Numbers.Of(from.parameters())), "a copy, not the same memory");
    }

    [Test]
    public void Strict_names_what_is_missing_and_what_is_unexpected_and_copies_nothing()
    {
        using var layer = torch.nn.Linear(2, 2);
        var before = Numbers.Of(layer.parameters());
        var state = new Dictionary<string, torch.Tensor> { ["weight"] = torch.zeros(2, 2), ["bais"] = torch.zeros(2) };
        Assert.That(
            () => layer.load_state_dict(state),
            Throws.InvalidOperationException.With.Message.Contains("missing [bias]").And.Message.Contains("unexpected [bais]").And.Message.Contains("Linear"));
        Assert.That(Numbers.Of(layer.parameters()), Is.EqualTo(before));
    }

    [Test]
    public void Not_strict_copies_what_fits_and_says_what_did_not()
    {
        using var layer = torch.nn.Linear(2, 2);
        var state = new Dictionary<string, torch.Tensor> { ["weight"] = torch.full(2, 2, 7), ["more"] = torch.zeros(2) };
        var (missing, unexpected) = layer.load_state_dict(state, strict: false);
        Assert.That(missing, Is.EqualTo(new[] { "bias" }));
        Assert.That(unexpected, Is.EqualTo(new[] { "more" }));
        Assert.That(Numbers.Of(layer.weight), Is.All.EqualTo(7));
    }

    [Test]
    public void Skipped_names_are_neither_missing_nor_copied()
    {
        using var layer = torch.nn.Linear(2, 2);
        var bias = Numbers.Of(layer.bias!);
        var state = new Dictionary<string, torch.Tensor> { ["weight"] = torch.full(2, 2, 7), ["bias"] = torch.zeros(2), ["other"] = torch.zeros(1) };
        layer.load_state_dict(state, skip: ["bias", "other"]);
        Assert.That(Numbers.Of(layer.weight), Is.All.EqualTo(7));
        Assert.That(Numbers.Of(layer.bias!), Is.EqualTo(bias));
    }

    [Test]
    public void A_wrong_shape_names_the_parameter_and_copies_nothing()
    {
        using var layer = torch.nn.Linear(2, 2);
        var before = Numbers.Of(layer.parameters());
        var state = new Dictionary<string, torch.Tensor> { ["weight"] = torch.zeros(2, 2), ["bias"] = torch.zeros(1) };
        Assert.That(
            () => layer.load_state_dict(state, strict: false),
            Throws.ArgumentException.With.Message.Contains("'bias'").And.Message.Contains("[2]").And.Message.Contains("[1]"));
        Assert.That(Numbers.Of(layer.parameters()), Is.EqualTo(before), "broadcasting would have fitted");
    }

    [Test]
    public void Loading_converts_to_the_dtypes_of_the_module()
    {
        using var layer = torch.nn.Linear(2, 2, dtype: torch.float64);
        layer.load_state_dict(new() { ["weight"] = torch.full(2, 2, 1.5), ["bias"] = torch.full(2, 3, torch.int64) });
        Assert.That(layer.parameters().Select(p => p.dtype), Is.All.EqualTo(torch.float64));
        Assert.That(Numbers.Of(layer.parameters()), Is.EqualTo(new double[] { 1.5, 1.5, 1.5, 1.5, 3, 3 }));
    }

    [Test]
    public void A_state_made_before_a_conversion_still_is_the_module()
    {
        using var layer = torch.nn.Linear(2, 2);
        var state = layer.state_dict();
        layer.to(torch.float64);
        Assert.That(state["weight"].dtype, Is.EqualTo(torch.float64));
    }
}
