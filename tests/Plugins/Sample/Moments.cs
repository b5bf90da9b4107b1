using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>Learns the mean and the variance of every pixel by running sums over batches: a training loop that can be resumed.</summary>
internal static class Moments
{
    /// <summary>Trains, and keeps a model at every fraction that the matrix asks for.</summary>
    /// <param name="context">Data, settings and the host.</param>
    /// <param name="make">Makes a model of mean and variance [C, H, W], float64; it copies what it keeps.</param>
    internal static TModel Train<TModel>(TrainingContext context, Func<torch.Tensor, torch.Tensor, TModel> make)
        where TModel : ITrainedModel
    {
        using var scope = torch.NewDisposeScope();
        var (settings, host, data) = (context.Settings, context.Host, context.Model.Data);
        var batches = context.Noise("batch");
        var last = host.LastState();
        var sum = last?.Contents.Tensors["sum"] ?? Zeros(data.Shape);
        var squares = last?.Contents.Tensors["squares"] ?? Zeros(data.Shape);
        for (var step = (int)(last?.Step ?? 0); step < settings.Steps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Add(data, batches.Integers(step, data.Count(Split.Train), settings.Batch), sum, squares);
            var done = step + 1;
            host.Report(done, settings.Steps);
            if (host.SaveDue)
            {
                host.Save(new(done, new(new Dictionary<string, torch.Tensor> { ["sum"] = sum, ["squares"] = squares })));
            }

            foreach (var fraction in settings.Checkpoints.Where(f => settings.StepOf(f) == done))
            {
                using var model = Model(sum, squares, (long)done * settings.Batch, make);
                host.Keep(fraction, model.ToCheckpoint());
            }
        }

        return Model(sum, squares, (long)settings.Steps * settings.Batch, make);
    }

    private static void Add(IDataSource data, int[] indices, torch.Tensor sum, torch.Tensor squares)
    {
        using var scope = torch.NewDisposeScope();
        var x = data.Read(Split.Train, indices).to(torch.float64);
        sum.add_(x.sum(0L));
        squares.add_((x * x).sum(0L));
    }

    private static TModel Model<TModel>(torch.Tensor sum, torch.Tensor squares, long count, Func<torch.Tensor, torch.Tensor, TModel> make)
    {
        using var scope = torch.NewDisposeScope();
        var mean = sum / count;
        var variance = (squares / count - mean * mean).clamp(min: 1e-4);
        return make(mean, variance);
    }

    private static torch.Tensor Zeros(DataShape shape) => torch.zeros([shape.Channels, shape.Height, shape.Width], torch.float64);
}
