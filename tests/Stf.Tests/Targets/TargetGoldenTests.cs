namespace Dfx.Stf.Tests.Targets;

/// <summary>The target and the loss against Newbeeer/stf.</summary>
[TestFixture]
internal sealed class TargetGoldenTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase("a")]
    [TestCase("b")]
    public void The_target_agrees_in_float64(string which)
    {
        using var golden = new GoldenFile("stf");
        Assert.That(Target(golden, which, torch.ScalarType.Float64).MaxError(golden[which + "_targets_f64"]), Is.LessThan(1e-12));
    }

    [TestCase("a")]
    [TestCase("b")]
    public void The_target_agrees_in_float32(string which)
    {
        using var golden = new GoldenFile("stf");
        var target = Target(golden, which, torch.ScalarType.Float32);
        Assert.That(target.MaxError(golden[which + "_targets_f32"]), Is.LessThan(1e-5));
        Assert.That(target.MaxError(golden[which + "_targets_f64"]), Is.LessThan(1e-5));
    }

    // With more and more dimensions PFGM++'s target (Newbeeer/pfgmpp) becomes this one.
    [Test]
    public void The_limit_of_heavy_tails_agrees()
    {
        using var golden = new GoldenFile("pfgmpp");
        var target = StableTarget.Of(golden["target_perturbed"], golden["target_sigma"].view(-1), new(golden["toy_ref"]), 7);
        Assert.That(target.flatten(1).MaxError(golden["target_gaussian_limit_stf"]), Is.LessThan(1e-12));
    }

    // The published network halves its input.
    [Test]
    public void The_loss_agrees()
    {
        using var golden = new GoldenFile("stf");
        var (noisy, sigma) = (golden["c_perturbed"], golden["c_sigma"].view(-1));
        var target = StableTarget.Of(noisy, sigma, new(golden["c_ref"]));
        var weight = new EdmProcess().Weight(sigma).view(-1, 1, 1, 1);
        Assert.That(((golden["c_net_out"] - target).square() * weight).MaxError(golden["c_loss_stf"]), Is.LessThan(1e-12));
    }

    private static torch.Tensor Target(GoldenFile golden, string which, torch.ScalarType dtype) => StableTarget.Of(
        golden[which + "_perturbed"].to(dtype), golden[which + "_sigmas"], new(golden[which + "_ref"].to(dtype)), 7).flatten(1);
}
