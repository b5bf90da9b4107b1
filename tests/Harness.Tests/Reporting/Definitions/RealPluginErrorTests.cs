using Dfx.Harness.Matrix;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Tests.Reporting.Definitions;

/// <summary>What the cards of the checkout's plugins let a matrix refuse before anything runs.</summary>
[TestFixture]
internal sealed class RealPluginErrorTests
{
    [TestCase("distill", "m.yaml:6:15: distill learns from a larger correction: name it, such as teacher: { correction: residual }")]
    [TestCase("{ correction: distill, with: { size: t } }", "distill learns from a larger correction")]
    [TestCase("{ correction: residual, teacher: residual }", "residual learns from no other correction: remove its 'teacher'")]
    [TestCase("{ correction: stop, training: { steps: 5 } }", "stop learns nothing: remove its 'training'")]
    [TestCase("{ correction: residual, with: { size: xxl } }", "size of residual must be one of model, t, s, m, l, xl, h, not 'xxl'; the nearest is xl")]
    [TestCase("{ correction: residual, source: { method: dsm, dataset: fashion-mnist } }", "remove 'dataset'")]
    public void A_correction_that_cannot_be_made_is_refused_when_the_matrix_is_read(string correction, string message)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("dfx-cards").FullName, "m.yaml");
        try
        {
            File.WriteAllText(path, string.Join('\n',
                "name: m", "datasets: [two-gaussians]", "methods: [dsm]", "samplers: [heun]", "training: { steps: 10, batch: 4 }", $"corrections: [{correction}]", "nfe: [35]", "seeds: [0]", "samples: 8", "metrics: [fd]"));
            Assert.That(() => MatrixReader.Read(path, PluginCatalog.Discover()), Throws.TypeOf<UsageException>().With.Message.Contain(message));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }
}
