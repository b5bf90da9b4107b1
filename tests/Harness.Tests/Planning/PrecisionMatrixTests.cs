using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Planning;

/// <summary>The matrix that compares precisions on a GPU, which no machine without one can plan by itself.</summary>
public sealed class PrecisionMatrixTests
{
    [Test]
    public void Three_precisions_differ_in_nothing_else_and_have_three_seeds_each()
    {
        var matrix = MatrixReader.Read(Path.Combine(Repository.Root, "matrices", "precision-gpu.yaml"), PluginCatalog.Discover());
        var plan = Planner.Make(matrix, new("cuda", Precision.Bfloat16, "", _ => "data"));
        var trained = plan.Jobs.Where(j => j.Kind == JobKind.Train).Select(j => j.Model).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trained.Select(m => (m.Precision, m.Seed)), Is.EquivalentTo(
                from precision in Enum.GetValues<Precision>() from seed in (ulong[])[0, 1, 2] select (precision, seed)));
            Assert.That(trained.Select(m => (m.Method!.Part, m.Network.Channels, m.Training.Steps, m.Training.Batch, m.Training.LearningRate)).Distinct(), Has.Exactly(1).Items);
            Assert.That(plan.Cells.Count(), Is.EqualTo(9));
            Assert.That(plan.Cells.Select(c => (c.Axes!["method"], c.Model.Precision)).Distinct(), Is.EquivalentTo(
                new[] { ("float32", Precision.Float32), ("tf32", Precision.Tf32), ("bfloat16", Precision.Bfloat16) }));
        }
    }
}
