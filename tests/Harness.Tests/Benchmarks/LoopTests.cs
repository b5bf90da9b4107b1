using Dfx.Benchmarks.Devices;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Benchmarks;

/// <summary>The comparison on a GPU, as far as neither a GPU nor PyTorch is needed: its matrices, its clock and its verdicts.</summary>
public sealed class LoopTests
{
    [Test]
    public void A_clock_measures_blocks_of_ours_and_stands_while_the_other_side_runs()
    {
        List<string> calls = [];
        var step = 0;
        var clock = new StepClock(torch.CPU, new(2, 3, 2, 0), () => calls.Add($"warm-up after {step}"), () =>
        {
            calls.Add($"block after {step}");
            Thread.Sleep(300);
        });
        for (step = 1; step <= 8; step++)
        {
            clock.Report(step, 100);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calls, Is.EqualTo(new[] { "warm-up after 2", "block after 5", "block after 8" }));
            Assert.That(clock.Ended, Is.True);
            Assert.That(clock.Seconds, Has.Count.EqualTo(2).And.All.LessThan(0.05), "its steps took no time");
            Assert.That(() => clock.Report(9, 100), Throws.TypeOf<OperationCanceledException>());
        }
    }

    [Test]
    public void The_checkpoint_that_is_sampled_from_is_due_at_the_last_step_that_is_measured([Values] bool quick, [Values] Precision precision)
    {
        var folder = Directory.CreateTempSubdirectory("dfx-loop-");
        try
        {
            foreach (var loop in LoopCase.All(quick))
            {
                var path = Path.Combine(folder.FullName, $"{loop.Name}.yaml");
                File.WriteAllText(path, loop.Matrix("/data/it's", precision, 20_000));
                var plan = Planner.Make(MatrixReader.Read(path, PluginCatalog.Discover()), new("cuda", Precision.Float32, "", _ => "data"));
                var (train, cell) = (plan.Jobs.Single(j => j.Kind == JobKind.Train), plan.Cells.First());
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(train.Model.Training.DueAt(cell.Sampling!.Checkpoint), Is.EqualTo(loop.Blocks(precision).Last));
                    Assert.That((cell.Sampling.Samples, cell.Sampling.Batch, cell.Sampling.Nfe), Is.EqualTo((loop.Images, loop.Images, (2 * loop.SamplingSteps) - 1)));
                    Assert.That(train.Model.Dataset.Path, Is.EqualTo("/data/it's"));
                    Assert.That(train.Model.Network.Channels, Is.EqualTo(loop.Network.Channels));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Medians: 30 and 40 ms of ours, 60 and 50 of theirs, so that the fastest of either side make 0.6.
    [TestCase(0.6, "kept")]
    [TestCase(0.59, "MISSED")]
    public void The_verdict_is_about_the_fastest_precision_of_either_side(double limit, string verdict)
    {
        LoopResult[] results =
        [
            new(Precision.Bfloat16, [0.030, 0.090, 0.020], [0.060, 0.060], 5L << 20, 7L << 20),
            new(Precision.Float32, [0.030, 0.050], [0.050], null, 9L << 20),
        ];
        Assert.That(new LoopLines("train small", limit, "a GPU", false).Of(results), Is.EqualTo(new[]
        {
            "train small bfloat16: ours 30.0 ms, mean 46.7 ms; eager 60.0 ms; ratio to eager's fastest 0.600; memory ours 5 MiB, eager 7 MiB",
            "train small float32: ours 40.0 ms, mean 40.0 ms; eager 50.0 ms; ratio to eager's fastest 0.800; memory ours unknown, eager 9 MiB",
            FormattableString.Invariant($"train small: ours 30.0 ms (bfloat16), eager 50.0 ms (float32): ratio 0.600, limit {limit}: {verdict}; memory ours 5 MiB, eager 7 MiB; a GPU"),
        }));
    }

    [Test]
    public void A_quick_run_marks_every_line()
    {
        var lines = new LoopLines("sample large", 0.7, "cpu", true).Of([new(Precision.Tf32, [1], [1], 0, 0)]);
        Assert.That(lines, Has.All.EndsWith("[cpu, quick: no measure]"));
    }
}
