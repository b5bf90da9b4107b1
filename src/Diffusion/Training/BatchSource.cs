using Dfx.Numerics;
using Dfx.Numerics.Noise;

namespace Dfx.Diffusion;

/// <summary>The images of every step: each epoch goes once through the training data, in an order of its own.</summary>
/// <param name="context">Data, settings, seed and device.</param>
/// <param name="pixels">The training images on the device, if they are there.</param>
internal sealed class BatchSource(TrainingContext context, DevicePixels? pixels = null)
{
    private readonly IDataSource _data = context.Model.Data;
    private readonly EpochOrder _order = new(context.Noise("order"), context.Model.Data.Count(Split.Train));
    private readonly int _batch = context.Settings.Batch;

    /// <summary>The images of a step, mirrored by chance if the settings say so.</summary>
    internal torch.Tensor Clean(long step) => Read(step, Indices(step), "flip");

    /// <summary>Any training images, augmented as those of a step are, by the random numbers of a purpose.</summary>
    internal torch.Tensor Read(long step, ReadOnlySpan<int> indices, string purpose)
    {
        using var scope = torch.NewDisposeScope();
        var images = pixels?.Read(indices) ?? _data.Read(Split.Train, indices).OnDevice(context.Model.Device);
        if (context.Settings.Flip)
        {
            var mirrored = context.Noise(purpose).Uniform(step, indices.Length, 1, 1, 1).lt(0.5);
            images = torch.where(mirrored, images.flip(3), images);
        }

        return scope.MoveToOuter(images);
    }

    internal Condition? Observe(long step, torch.Tensor clean) => Observe(clean, Indices(step), step * _batch, "condition");

    /// <summary>What the task observes of any training images, the first of which is the <paramref name="first"/>-th that the purpose draws.</summary>
    internal Condition? Observe(torch.Tensor images, ReadOnlySpan<int> indices, long first, string purpose)
    {
        var model = context.Model;
        var key = NoiseKey.For(model.Seed, model.Scope + purpose);
        return model.Task.Observe(new()
        {
            Clean = images,
            Labels = model.Task.UsesLabels ? _data.Labels(Split.Train, indices).OnDevice(model.Device) : null,
            Noise = new SampleNoise(key, first, indices.Length, _data.Shape, model.Device, torch.ScalarType.Float32),
        });
    }

    /// <summary>Which images a step has.</summary>
    internal int[] Indices(long step) => Drawn(step * _batch, _batch);

    /// <summary>Which images the run draws from a place in its order on.</summary>
    internal int[] Drawn(long first, int count) => _order.Drawn(first, count);
}
