namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Against NVlabs/edm's preconditioned networks with the same weights.</summary>
[TestFixtureSource(typeof(PublishedNetwork), nameof(PublishedNetwork.Stored))]
internal sealed class PreconditionedGoldenTests(PublishedNetwork published)
{
    [TestCase(ProcessKind.Edm, "edm", 5e-5)]
    [TestCase(ProcessKind.Ve, "ve", 5e-5)]
    [TestCase(ProcessKind.Vp, "vp", 1e-3)]
    public void Denoisers_agree(ProcessKind kind, string name, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var golden = new GoldenFile(published.File);
        using var network = published.Load(golden);
        var (x, sigma) = (golden[$"{published.Name}/x"], golden[$"{published.Name}/wrap_sigma"]);
        var expected = golden[$"{published.Name}/wrap_{name}_f64"];
        var scale = expected.abs().max().ToDouble();
        if (kind != ProcessKind.Vp || published.StandsVpInFloat32)
        {
            Assert.That(kind.Process().Denoise(network, x, sigma).MaxError(expected), Is.LessThan(tolerance * scale));
        }

        network.to(torch.ScalarType.Float64);
        Assert.That(kind.Process().Denoise(network, x.@double(), sigma).MaxError(expected), Is.LessThan(1e-9 * scale));
    }
}
