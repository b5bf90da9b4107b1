namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Against the outputs and gradients of NVlabs/edm's SongUNet with the same weights, names and all.</summary>
[TestFixture]
internal sealed class SongUNetGoldenTests
{
    private const string Prefix = "ddpmpp/param/";
    private static readonly NetworkSettings s_settings = new() { Channels = 16, Multipliers = [1, 2], Blocks = 1, Attention = [8] };

    private DisposeScope _scope;
    private GoldenFile _golden;
    private UNet _network;

    [SetUp]
    public void SetUp()
    {
        _scope = torch.NewDisposeScope();
        _golden = new("net_ddpmpp");
        _network = UNets.Create(s_settings, new(3, 16, 16), 0, seed: 1);
        _network.Restore(new(Published()));
        _network.eval();
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
        var names = string.Concat(_golden.Doubles("ddpmpp/param_names_ascii").Select(c => (char)(int)c)).Split('\n');
        Assert.That(_network.named_parameters().Select(p => p.name), Is.EqualTo(names));
    }

    [Test]
    public void Forward_in_float32_agrees() =>
        Assert.That(Forward(torch.ScalarType.Float32).MaxError(_golden["ddpmpp/out_f64"]), Is.LessThan(5e-5));

    [Test]
    public void Forward_in_float64_agrees()
    {
        _network.to(torch.ScalarType.Float64);
        Assert.That(Forward(torch.ScalarType.Float64).MaxError(_golden["ddpmpp/out_f64"]), Is.LessThan(1e-9));
    }

    [TestCase(torch.ScalarType.Float32, 2e-4)]
    [TestCase(torch.ScalarType.Float64, 1e-9)]
    public void Gradients_agree(torch.ScalarType dtype, double tolerance)
    {
        _network.to(dtype);
        var x = _golden["ddpmpp/x"].to(dtype).with_requires_grad();
        _network.call(x, _golden["ddpmpp/noise_labels"].to(dtype), null).square().sum().backward();
        AssertRelative(x.grad!, _golden["ddpmpp/grad_x_f64"], tolerance);
        var parameters = _network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var name in _golden.Names.Where(n => n.StartsWith("ddpmpp/grad/", StringComparison.Ordinal)))
        {
            AssertRelative(parameters[name["ddpmpp/grad/".Length..]].grad!, _golden[name], tolerance);
        }

        var norms = torch.stack(_network.parameters().Select(p => p.grad!.@double().norm()));
        AssertRelative(norms, _golden["ddpmpp/param_grad_l2_f64"], tolerance);
    }

    [TestCase(ProcessKind.Edm, "edm", 5e-5)]
    [TestCase(ProcessKind.Ve, "ve", 5e-5)]
    [TestCase(ProcessKind.Vp, "vp", 1e-3)]
    public void Preconditioned_denoisers_agree(ProcessKind kind, string name, double tolerance)
    {
        using var outside = torch.no_grad();
        var (x, sigma) = (_golden["ddpmpp/x"], _golden["ddpmpp/wrap_sigma"]);
        AssertRelative(kind.Process().Denoise(_network, x, sigma), _golden[$"ddpmpp/wrap_{name}_f64"], tolerance);
        _network.to(torch.ScalarType.Float64);
        AssertRelative(kind.Process().Denoise(_network, x.@double(), sigma), _golden[$"ddpmpp/wrap_{name}_f64"], 1e-9);
    }

    private torch.Tensor Forward(torch.ScalarType dtype)
    {
        using var outside = torch.no_grad();
        return _network.call(_golden["ddpmpp/x"].to(dtype), _golden["ddpmpp/noise_labels"].to(dtype), null);
    }

    // The filters [1, 1] are constants here: means of 2 by 2 pixels and nearest pixels.
    private Dictionary<string, torch.Tensor> Published() => _golden.Names
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && !n.EndsWith("resample_filter", StringComparison.Ordinal))
        .ToDictionary(n => n[Prefix.Length..], n => _golden[n]);

    private static void AssertRelative(torch.Tensor actual, torch.Tensor expected, double tolerance) =>
        Assert.That(actual.MaxError(expected), Is.LessThan(tolerance * expected.abs().max().ToDouble()));
}
