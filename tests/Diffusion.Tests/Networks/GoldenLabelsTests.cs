namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Why float64 agrees less closely where augmentation labels are told: the file has them rounded to float32.</summary>
[TestFixture]
internal sealed class GoldenLabelsTests
{
    // The gradient of W in W a is a sum of g a^T: in float64 its rows lie in the span of the labels a to 1e-14, if these are the a.
    [TestCase("adm_cond")]
    [TestCase("ddpmpp_cond")]
    public void Stored_augmentation_labels_were_rounded(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var golden = new GoldenFile("net_formula");
        var (a, rows) = (golden[$"{name}/augment_labels"].@double(), golden[$"{name}/grad/map_augment.weight"]);
        var transposed = a.transpose(0, 1);
        var outside = rows - rows.matmul(transposed).matmul(torch.linalg.inv(a.matmul(transposed))).matmul(a);
        Assert.That((outside.abs().max() / rows.abs().max()).ToDouble(), Is.InRange(1e-9, 1e-7));
    }
}
