using Dfx.Data.Images;
using Dfx.Harness.Planning;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What a cell's task observes: of test images, which are restored, or of labels that samples are generated for.</summary>
internal sealed class ObservedImages(ModelContext context, ITask task)
{
    /// <summary>Noise of the task, such as each image's mask.</summary>
    private const string Purpose = "host/task";

    /// <summary>Which training image's label a sample is generated for.</summary>
    private const string LabelPurpose = "host/label";

    private readonly bool _restores = task.Metrics.HasFlag(MetricKinds.Paired);

    /// <summary>The condition of a batch of samples, and the ground truth on the CPU, where there are such.</summary>
    internal (Condition? Condition, torch.Tensor? Truth) At(int first, int count)
    {
        if (!_restores && !task.UsesLabels)
        {
            return (null, null);
        }

        var (split, indices) = _restores ? (Split.Test, Test(first, count)) : (Split.Train, Drawn(first, count));
        var images = context.Data.Read(split, indices);
        var condition = task.Observe(new()
        {
            Clean = images.to(context.Device),
            Labels = task.UsesLabels ? context.Data.Labels(split, indices).to(context.Device) : null,
            Noise = Noise(Purpose, first, count),
        });
        return (condition, _restores ? images : null);
    }

    /// <summary>The ground truth of all samples of a cell, [N, C, H, W] on the CPU as samples are, a new tensor; null for generation.</summary>
    internal torch.Tensor? Truth(SamplingSpec sampling)
    {
        if (!_restores)
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        var all = torch.cat([.. Enumerable.Range(0, sampling.Samples).Chunk(sampling.Batch).Select(chunk => At(chunk[0], chunk.Length).Truth!)]);
        using var like = torch.empty(context.Data.Shape.Batch(sampling.Samples));
        return TensorFault.SameShape(Quantized(all, context.Data), like, "the task's ground truth").MoveToOuterDisposeScope();
    }

    /// <summary>Values as samples are kept: rounded to bytes if the data are images.</summary>
    internal static torch.Tensor Quantized(torch.Tensor x, IDataSource data) => data.IsImages ? PixelBytes.Quantize(x) : x.to(torch.ScalarType.Float32);

    /// <summary>The test set in its order, again from the start if more samples are asked for.</summary>
    private int[] Test(int first, int count)
    {
        var test = context.Data.Count(Split.Test);
        return [.. Enumerable.Range(first, count).Select(i => i % test)];
    }

    private int[] Drawn(int first, int count) => Noise(LabelPurpose, first, count).Integers(context.Data.Count(Split.Train));

    private SampleNoise Noise(string purpose, int first, int count) =>
        new(NoiseKey.For(context.Seed, purpose), first, count, context.Data.Shape, context.Device);
}
