using Dfx.Harness.Matrix;
using Dfx.Harness.Plugins;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Matrix;

/// <summary>Ranges of options that hold nothing, of the plugins of the checkout: refused when the matrix is read.</summary>
public sealed class EmptyRangeTests
{
    private static readonly Lazy<PluginCatalog> s_catalog = new(PluginCatalog.Discover);

    [TestCase("samplers", "{ sampler: heun, with: { sigma-min: 90, sigma-max: 80 } }", "sigma-min 90 of heun lies above its sigma-max 80: no level is between them")]
    [TestCase("samplers", "{ sampler: heun, with: { s-churn: 4, s-min: 50, s-max: 0.05 } }", "s-min 50 of heun lies above its s-max 0.05: no level is between them")]
    [TestCase("samplers", "{ sampler: edm-ablation, with: { s-min: 2, s-max: 1 } }", "s-min 2 of edm-ablation lies above its s-max 1: no level is between them")]
    [TestCase("analyses", "[{ analysis: stf-variance, with: { sigma-max: 0.01 } }]", "sigma-min 0.02 of stf-variance lies above its sigma-max 0.01: no level is between them")]
    public void An_empty_range_is_an_error_of_the_matrix(string key, string entry, string message) =>
        Assert.That(() => Read(key, entry), Throws.TypeOf<UsageException>().With.Message.EndsWith(message));

    [TestCase("{ sampler: heun, with: { sigma-min: 80, sigma-max: 80 } }")]
    [TestCase("{ sampler: heun, with: { sigma-min: 90 } }")]
    [TestCase("{ sampler: heun, with: { s-min: 1 } }")]
    public void A_range_whose_other_end_is_left_to_the_model_is_none_to_refuse(string entry) => Assert.That(() => Read("samplers", entry), Throws.Nothing);

    private static MatrixFile Read(string key, string entry)
    {
        using var scratch = new ScratchFolder();
        var keys = new Dictionary<string, string>(Matrices.Small)
        {
            ["datasets"] = "fashion-mnist",
            ["methods"] = "dsm",
            ["samplers"] = "heun",
            ["metrics"] = "fd",
            [key] = entry,
        };
        return MatrixReader.Read(scratch.Write("m.yaml", string.Concat(keys.Select(k => $"{k.Key}: {k.Value}\n"))), s_catalog.Value);
    }
}
