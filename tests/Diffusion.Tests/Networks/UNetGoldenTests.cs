namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Against the outputs and gradients of NVlabs/edm's SongUNet and DhariwalUNet with the same weights, names and all.</summary>
[TestFixtureSource(typeof(PublishedNetwork), nameof(PublishedNetwork.All))]
internal sealed class UNetGoldenTests(PublishedNetwork published)
{
    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;
    private UNet _network = null!;

    [SetUp]
    public void SetUp()
    {
        _scope = torch.NewDisposeScope();
        _golden = new(published.File);
        _network = published.Load(_golden);
    }

    [TearDown]
    public void TearDown()
    {
        _network.Dispose();
        _golden.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void Parameters_come_in_the_published_order_under_the_published_names()
    {
        var names = string.Concat(_golden.Doubles(Name("param_names_ascii")).Select(c => (char)(int)c)).Split('\n');
        Assert.That(_network.named_parameters().Select(p => p.name), Is.EqualTo(names));
    }

    [Test]
    public void Weights_are_the_published_ones()
    {
        var ends = torch.stack(_network.parameters().Select(p => p.flatten()).Select(p => torch.stack([p[0], p[^1]])));
        Assert.That(ends.MaxError(_golden[Name("param_first_last")]), Is.LessThan(1e-6));
    }

    [TestCase(torch.ScalarType.Float32)]
    [TestCase(torch.ScalarType.Float64)]
    public void Forward_agrees(torch.ScalarType dtype)
    {
        var tolerance = dtype == torch.ScalarType.Float32 ? 5e-5 : published.Double;
        using var outside = torch.no_grad();
        _network.to(dtype);
        Assert.That(Forward(_golden[Name("x")].to(dtype)).MaxError(_golden[Name("out_f64")]), Is.LessThan(tolerance));
    }

    [TestCase(torch.ScalarType.Float32)]
    [TestCase(torch.ScalarType.Float64)]
    public void Gradients_agree(torch.ScalarType dtype)
    {
        var tolerance = dtype == torch.ScalarType.Float32 ? 2e-4 : published.Double;
        _network.to(dtype);
        var x = _golden[Name("x")].to(dtype).with_requires_grad();
        Forward(x).square().sum().backward();
        AssertRelative(x.grad!, _golden[Name("grad_x_f64")], tolerance);
        var parameters = _network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var name in _golden.Names.Where(n => n.StartsWith(Name("grad/"), StringComparison.Ordinal)))
        {
            AssertRelative(parameters[name[Name("grad/").Length..]].grad!, _golden[name], tolerance);
        }

        var norms = torch.stack(_network.parameters().Select(p => p.grad!.@double().norm()));
        AssertRelative(norms, _golden[Name("param_grad_l2_f64")], tolerance);
    }

    private torch.Tensor Forward(torch.Tensor x) => _network.call(x, _golden[Name("noise_labels")].to(x.dtype), published.Inputs(_golden));

    private string Name(string array) => $"{published.Name}/{array}";

    private static void AssertRelative(torch.Tensor actual, torch.Tensor expected, double tolerance) =>
        Assert.That(actual.MaxError(expected), Is.LessThan(tolerance * expected.abs().max().ToDouble()));
}
