using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-pairs</c> takes.</summary>
public sealed record PairsOptions(
    [Description("Pairs.")][Range(1, 100_000)][Collects] int Pairs = 24,
    [Description("Pairs a part.")][Range(1, 10_000)][Collects] int Part = 5,
    [Description("The noise level of the states, at which the correction takes over.")][Range(0.001, 10.0)][Collects] double Level = 0.5,
    [Description("What the factor is multiplied by.")][Range(0.0, 10.0)] double Strength = 1,
    [Inference][Description("What corrected images are multiplied by.")][Range(0.1, 10.0)] double Gain = 1);

/// <summary>Collects pairs of noisy images y and what the source makes of them, and fits the number a for which a y is nearest to that.</summary>
[Correction("test-pairs", "Pairs", Collection = "pairs")]
public sealed class CollectingCorrection(PairsOptions options) : ICollectingCorrection
{
    public void Collect(CollectionContext context)
    {
        for (var first = context.Host.Parts * options.Part; first < options.Pairs; first += options.Part)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            context.Host.Add(Part(context, first, Math.Min(options.Part, options.Pairs - first)));
            context.Host.Report(Math.Min(first + options.Part, options.Pairs), options.Pairs);
        }
    }

    /// <summary>The least squares over batches of pairs; what was summed is the state.</summary>
    public ITrainedCorrection Train(CorrectionContext context)
    {
        var (training, host, pairs) = (context.Training, context.Training.Host, context.Collection!);
        using var scope = torch.NewDisposeScope();
        var last = host.LastState();
        var products = last?.Contents.Tensors["products"] ?? torch.zeros([2], torch.float64);
        for (var step = (int)(last?.Step ?? 0); step < training.Settings.Steps; step++)
        {
            training.Cancellation.ThrowIfCancellationRequested();
            products.add_(Products(pairs, training.Noise("batch").Integers(step, (int)pairs.Rows, training.Settings.Batch)));
            host.Report(step + 1, training.Settings.Steps);
            if (host.SaveDue)
            {
                host.Save(new(step + 1, new(new Dictionary<string, torch.Tensor> { ["products"] = products })));
            }

            foreach (var fraction in training.Settings.Checkpoints.Where(f => f < 1 && training.Settings.StepOf(f) == step + 1))
            {
                using var early = Fitted(products);
                host.Keep(fraction, early.ToCheckpoint());
            }
        }

        return Fitted(products);
    }

    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => new Shrink(checkpoint.Tensors["factor"].ToDouble(), options.Level, options.Gain);

    private Shrink Fitted(torch.Tensor products) => new(options.Strength * (products[0] / products[1]).ToDouble(), options.Level);

    private Dictionary<string, torch.Tensor> Part(CollectionContext context, int first, int count)
    {
        var model = context.Model;
        var noise = new SampleNoise(NoiseKey.For(model.Seed, model.Scope + "noise"), first, count, context.Source.Shape, model.Device);
        var indices = Enumerable.Range(first, count).Select(i => i % model.Data.Count(Split.Train)).ToArray();
        var y = model.Data.Read(Split.Train, indices).to(torch.float64) + (noise.Normal() * options.Level);
        var x = context.Source.Denoise(y, torch.full([count], options.Level, y.dtype, y.device));
        return new() { ["y"] = y.to(torch.float32), ["x"] = x.to(torch.float32), ["index"] = torch.tensor([.. indices.Select(i => (long)i)]) };
    }

    private static torch.Tensor Products(ICollectedRows pairs, int[] rows)
    {
        using var scope = torch.NewDisposeScope();
        long[] wanted = [.. rows.Select(row => (long)row)];
        var (y, x) = (pairs.Read("y", wanted).to(torch.float64), pairs.Read("x", wanted).to(torch.float64));
        return torch.stack([(y * x).sum(), (y * y).sum()]).MoveToOuterDisposeScope();
    }
}
