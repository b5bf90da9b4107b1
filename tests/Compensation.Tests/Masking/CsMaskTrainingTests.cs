using Dfx.Compensation.Masking;
using Dfx.Numerics.Noise;

namespace Dfx.Compensation.Tests.Masking;

/// <summary>Training on images whose hidden half follows from the known one.</summary>
[TestFixture]
internal sealed class CsMaskTrainingTests
{
    [Test]
    public void It_learns_what_is_hidden()
    {
        using var scope = torch.NewDisposeScope();
        var (method, context) = (new CsMaskMethod(new(10)), Context(new LeftHalf()));
        using var model = method.Train(context);
        using var loaded = method.Load(model.ToCheckpoint(), context.Model);
        var truth = context.Model.Data.Read(Split.Test, Enumerable.Range(0, 16).Select(i => 61 * i).ToArray());
        var (trained, again) = (Restored(model, context, truth), Restored(loaded, context, truth));
        using (Assert.EnterMultipleScope())
        {
            // Grey, from which it starts, is off by 0.25 on average.
            Assert.That((trained - truth).abs().mean().ToDouble(), Is.LessThan(0.1));
            Assert.That((again - trained).abs().max().ToDouble(), Is.Zero);
        }
    }

    [Test]
    public void A_task_without_a_mask_does_not_apply() => Assert.That(
        () => new CsMaskMethod(new()).Train(Context(new GenerateTask())),
        Throws.TypeOf<NotApplicableException>().With.Message.Contains("inpaint/half"));

    private static torch.Tensor Restored(ICorruptionModel model, TrainingContext context, torch.Tensor truth)
    {
        var (sampler, noise) = (new CsMaskSampler(), new SampleNoise(NoiseKey.For(1, "sampling"), 0, 16, context.Model.Data.Shape, torch.CPU));
        var levels = sampler.Levels(model, 5);
        var seen = context.Model.Task.Observe(new() { Clean = truth, Noise = noise })!;
        return sampler.Sample(new Told(model, seen), new()
        {
            Nfe = 5,
            Levels = levels,
            Stop = levels.Count - 1,
            Start = model.Prior(1, noise),
            Noise = noise,
            Condition = seen,
        });
    }

    private static TrainingContext Context(ITask task) => new()
    {
        Model = new()
        {
            Data = new Mirrored(),
            Task = task,
            Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 },
            Device = torch.CPU,
            Seed = 1,
        },
        Settings = new() { Steps = 200, Batch = 64, LearningRate = 1e-2, Ema = [0.95] },
        Host = new SilentHost(),
    };

    /// <summary>A model with the condition put in, as a host does.</summary>
    private sealed class Told(ICorruptionModel model, Condition condition) : ICorruptionModel
    {
        public ICorruption Corruption => model.Corruption;

        public DataShape Shape => model.Shape;

        public IReadOnlyList<NetworkCard> Networks => model.Networks;

        public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? given = null) => model.Restore(x, t, condition);

        public torch.Tensor Prior(double level, SampleNoise noise) => model.Prior(level, noise);

        public Checkpoint ToCheckpoint() => model.ToCheckpoint();

        public void Dispose()
        {
        }
    }

    /// <summary>The left column is known.</summary>
    private sealed class LeftHalf : ITask
    {
        public MetricKinds Metrics => MetricKinds.Paired;

        public int ConditionChannels(DataShape shape) => shape.Channels + 1;

        public Condition? Observe(TaskImages images)
        {
            var mask = torch.cat([torch.ones(images.Clean.shape[0], 1, 2, 1), torch.zeros(images.Clean.shape[0], 1, 2, 1)], 3);
            return new() { Channels = torch.cat([images.Clean * mask, mask], 1), Known = images.Clean * mask, Mask = mask };
        }
    }

    /// <summary>Images of 2x2 pixels: v in the left column, -v in the right one, v uniform in [-1, 1].</summary>
    private sealed class Mirrored : IDataSource
    {
        public DataShape Shape => new(1, 2, 2);

        public IReadOnlyList<string> Classes => [];

        public bool IsImages => false;

        public int Count(Split split) => 1000;

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
        {
            var values = new float[indices.Length * 4];
            for (var i = 0; i < indices.Length; i++)
            {
                var v = (2 * (indices[i] % 997) / 996f) - 1;
                (values[4 * i], values[(4 * i) + 1], values[(4 * i) + 2], values[(4 * i) + 3]) = (v, -v, v, -v);
            }

            return torch.tensor(values, Shape.Batch(indices.Length));
        }

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("No labels.");

        public void Dispose()
        {
        }
    }
}
