namespace Dfx.Torch.Tests.Networks;

/// <summary>What a module finds in its fields, and what it calls it: the names of PyTorch's state dictionaries.</summary>
public sealed class ModuleNameTests : ScopedTests
{
    [Test]
    public void Parameters_are_named_as_PyTorch_names_them()
    {
        using var net = new Net(new Net());
        string[] own = ["scale", "bias"];
        string[] stem = ["stem.weight", "stem.bias"];
        string[] head = ["head.0.weight", "head.0.bias", "head.1.norm.weight", "head.1.norm.bias"];
        string[] inner = [.. own, .. stem, .. head];
        Assert.That(net.named_parameters().Select(p => p.name), Is.EqualTo((string[])[.. own, .. stem, .. inner.Select(n => "blocks.0." + n), .. head]));
    }

    [Test]
    public void Own_parameters_come_without_recursion()
    {
        using var net = new Net(new Net());
        Assert.That(net.named_parameters(recurse: false).Select(p => p.name), Is.EqualTo(new[] { "scale", "bias" }));
        Assert.That(net.parameters(recurse: false).Count(), Is.EqualTo(2));
        Assert.That(net.parameters().Count(), Is.EqualTo(16));
    }

    [Test]
    public void Parameters_are_the_objects_of_the_fields()
    {
        using var net = new Net();
        Assert.That(net.named_parameters().Single(p => p.name == "bias").parameter, Is.SameAs(net.Bias));
        Assert.That(net.buffers().Single(), Is.SameAs(net.Mean));
    }

    [Test]
    public void Tensors_are_buffers_and_null_fields_and_numbers_are_nothing()
    {
        using var net = new Net(new Net());
        Assert.That(net.named_buffers().Select(b => b.name), Is.EqualTo(new[] { "mean", "blocks.0.mean" }));
        Assert.That(net.named_buffers(recurse: false).Select(b => b.name), Is.EqualTo(new[] { "mean" }));
        Assert.That(net.named_children().Select(c => c.name), Does.Not.Contain("absent"));
        Assert.That(net.Width, Is.EqualTo(4));
    }

    [Test]
    public void Children_come_in_order_of_declaration_base_class_first()
    {
        using var net = new Net();
        Assert.That(net.named_children().Select(c => c.name), Is.EqualTo(new[] { "stem", "blocks", "head" }));
        Assert.That(net.children().First(), Is.TypeOf<Linear>());
    }

    [Test]
    public void Modules_are_listed_depth_first()
    {
        using var net = new Net(new Net());
        string[] head = ["head", "head.0", "head.1", "head.1.norm", "head.1.drop"];
        string[] inner = ["stem", "blocks", .. head];
        Assert.That(
            net.named_modules().Select(m => m.name), Is.EqualTo((string[])["stem", "blocks", "blocks.0", .. inner.Select(n => "blocks.0." + n), .. head]));
        Assert.That(net.modules().OfType<Linear>().Count(), Is.EqualTo(4));
    }

    // PyTorch lists a tensor that two names share once: an optimizer must not step it twice.
    [Test]
    public void A_shared_parameter_is_listed_once()
    {
        var shared = torch.nn.Linear(2, 2);
        using var bag = new Bag().With("a", shared).With("b", shared);
        Assert.That(bag.named_parameters().Select(p => p.name), Is.EqualTo(new[] { "a.weight", "a.bias" }));
    }

    [Test]
    public void ModuleList_is_a_list()
    {
        using var list = torch.nn.ModuleList(torch.nn.Linear(1, 2));
        list.Add(torch.nn.Linear(2, 3));
        list.append(torch.nn.Linear(3, 4), torch.nn.Linear(4, 5));
        list.extend([torch.nn.Linear(5, 6)]);
        Assert.That(list.Count, Is.EqualTo(5));
        Assert.That(list.Select(m => m.in_features), Is.EqualTo(new long[] { 1, 2, 3, 4, 5 }));
        Assert.That(list[3].out_features, Is.EqualTo(5));
        Assert.That(list.named_children().Select(c => c.name), Is.EqualTo(new[] { "0", "1", "2", "3", "4" }));
    }

    [TestCase("")]
    [TestCase("a.b")]
    public void A_name_is_not_empty_and_has_no_dot(string name)
    {
        using var bag = new Bag();
        Assert.That(() => bag.With(name, torch.nn.Identity()), Throws.ArgumentException);
        Assert.That(() => bag.With(name, new Parameter(torch.ones(1))), Throws.ArgumentException);
        Assert.That(() => bag.With(name, torch.ones(1), true), Throws.ArgumentException);
    }

    [Test]
    public void A_name_is_taken_once_by_modules_and_anew_by_parameters()
    {
        using var bag = new Bag().With("a", torch.nn.Identity());
        Assert.That(() => bag.With("a", torch.nn.Identity()), Throws.ArgumentException.With.Message.Contains("'a'"));
        var second = new Parameter(torch.ones(2));
        bag.With("p", new Parameter(torch.ones(1))).With("p", second);
        Assert.That(bag.parameters().Single(), Is.SameAs(second));
    }
}
