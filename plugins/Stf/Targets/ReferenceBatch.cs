namespace Dfx.Stf;

/// <summary>
/// The reference batches of a training run. The first B images are the minibatch, the same augmented tensors; the others are drawn from the
/// rest of the training set without replacement, so that all n are exchangeable and the target is unbiased for every n.
/// </summary>
internal sealed class ReferenceBatch
{
    private readonly IDataSource _data;
    private readonly torch.Device _device;
    private readonly int _images;
    private readonly int _count;
    private readonly bool _masked;

    /// <summary>Looks at what was asked for.</summary>
    /// <exception cref="ArgumentException">It does not fit the batch or the data.</exception>
    /// <exception cref="NotApplicableException">The task observes something of each image, so that no two can be averaged.</exception>
    internal ReferenceBatch(TrainingContext context, StfOptions options)
    {
        ReferenceRules.Check(context, options);
        (_data, _device) = (context.Model.Data, context.Model.Device);
        _images = _data.Count(Split.Train);
        _count = options.ReferenceBatch ?? Math.Max(context.Settings.Batch, Math.Min(ReferenceRules.Published, _images));
        _masked = options.MaskLabels ?? context.Model.Task.UsesLabels;
    }

    /// <summary>
    /// The references of a step, those of a part's rows first; their tensors belong to the caller's scope. The same images for every part.
    /// </summary>
    internal References Of(TrainingBatch batch)
    {
        var others = Others(batch.Whole);
        var labels = _masked ? _data.Labels(Split.Train, [.. Turned(batch), .. others]).to(_device) : null;
        return new(others.Length == 0 ? Turned(batch, batch.Whole.Clean) : Joined(batch, others), labels);
    }

    private static torch.Tensor Joined(TrainingBatch batch, int[] others)
    {
        using var images = batch.Others(others, "reference-flip");
        return torch.cat([Turned(batch, batch.Whole.Clean), images]);
    }

    // The whole batch from the part's first row on, and around.
    private static torch.Tensor Turned(TrainingBatch batch, torch.Tensor images) => batch.Part == 0 ? images : images.roll(-batch.Part * batch.Count, 0);

    private static IEnumerable<int> Turned(TrainingBatch batch) =>
        batch.Whole.Indices.Skip(batch.Part * batch.Count).Concat(batch.Whole.Indices.Take(batch.Part * batch.Count));

    private int[] Others(TrainingBatch whole)
    {
        if (_count <= whole.Count)
        {
            return [];
        }

        var minibatch = whole.Indices.ToHashSet();
        var order = whole.Noise("reference").Permutation(whole.Step, _images);
        return [.. order.Where(i => !minibatch.Contains(i)).Take(_count - whole.Count)];
    }
}
