using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Metrics.Extractors;

/// <summary>Trains <see cref="FmnistCnn"/>. Equal arguments give equal weights, bit for bit, on one kind of processor and thread count.</summary>
/// <param name="data">Fashion-MNIST, 28x28.</param>
/// <param name="steps">Optimizer steps, at least 1.</param>
/// <param name="seed">The seed of every random number.</param>
public sealed class FmnistTraining(IDataSource data, int steps, ulong seed)
{
    /// <summary>Images a step.</summary>
    public const int Batch = 128;

    private const double PeakRate = 2e-3;
    private const double WarmUp = 0.05;
    private const int EvaluationBatch = 500;

    private readonly StepNoise _order = new(seed, "order", torch.CPU);

    private int[] _epoch = [];

    /// <summary>Trains from random weights: Adam, cross-entropy, a learning rate that rises and then falls to 0.</summary>
    /// <param name="progress">Who is told the step and the loss.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <returns>The network; the caller disposes it.</returns>
    public FmnistCnn Train(IProgressHost progress, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var network = new FmnistCnn();
        Initialise(network);
        using var optimizer = torch.optim.Adam(network.parameters(), PeakRate);
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var group in optimizer.ParamGroups)
            {
                group.LearningRate = PeakRate * Rate((step + 0.5) / steps);
            }

            progress.Report(step + 1, steps, $"loss {Step(network, optimizer, step):f4}");
        }

        network.eval();
        return network;
    }

    /// <summary>The share of the test images that a network classifies rightly.</summary>
    public double Accuracy(FmnistCnn network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var outside = torch.no_grad();
        var (count, right) = (data.Count(Split.Test), 0L);
        for (var first = 0; first < count; first += EvaluationBatch)
        {
            using var scope = torch.NewDisposeScope();
            var indices = Enumerable.Range(first, Math.Min(EvaluationBatch, count - first)).ToArray();
            var answers = network.call(data.Read(Split.Test, indices)).argmax(1);
            right += answers.eq(data.Labels(Split.Test, indices)).sum().ToInt64();
        }

        return (double)right / count;
    }

    /// <summary>
    /// Scales the hidden units by one number so that their mean square over the training images is 1, and the logits' weights the other way:
    /// the classifier stays the same function, and x.y / D in the kernel distance is of order 1. (A number for each unit would blow up the
    /// units that hardly ever fire: then a few images decide a distance.)
    /// </summary>
    /// <param name="network">A trained network; changed in place.</param>
    public void Balance(FmnistCnn network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var outside = torch.no_grad();
        var count = data.Count(Split.Train);
        var squares = 0.0;
        for (var first = 0; first < count; first += EvaluationBatch)
        {
            using var step = torch.NewDisposeScope();
            var images = data.Read(Split.Train, Enumerable.Range(first, Math.Min(EvaluationBatch, count - first)).ToArray());
            squares += network.Features(images).to(torch.float64).square().sum().ToDouble();
        }

        network.ScaleHidden(1 / Math.Sqrt(squares / count / FmnistCnn.Dimension));
    }

    private double Step(FmnistCnn network, torch.optim.Optimizer optimizer, int step)
    {
        using var scope = torch.NewDisposeScope();
        var indices = Indices(step);
        var logits = network.call(data.Read(Split.Train, indices));
        var loss = torch.nn.functional.cross_entropy(logits, data.Labels(Split.Train, indices));
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        return loss.ToDouble();
    }

    // Every epoch has an order of its own; its last images, too few for a batch, are left out.
    private int[] Indices(int step)
    {
        var count = data.Count(Split.Train);
        var (epoch, batch) = Math.DivRem(step, count / Batch);
        if (batch == 0 || _epoch.Length == 0)
        {
            _epoch = _order.Permutation(epoch, count);
        }

        return _epoch[(batch * Batch)..((batch + 1) * Batch)];
    }

    private static double Rate(double part) => part < WarmUp ? part / WarmUp : (1 + Math.Cos(Math.PI * (part - WarmUp) / (1 - WarmUp))) / 2;

    // He et al. 2015: normals of variance 2 / fan-in; biases are 0.
    private void Initialise(FmnistCnn network)
    {
        using var outside = torch.no_grad();
        var key = NoiseKey.For(seed, "weights");
        var draw = 0u;
        foreach (var (_, weight) in network.named_parameters())
        {
            using var scope = torch.NewDisposeScope();
            var values = new float[weight.NumberOfElements];
            if (weight.ndim > 1)
            {
                NoiseSource.Normals(key, 0, draw, values);
            }

            draw++;
            var fanIn = Math.Max(1, weight.NumberOfElements / weight.shape[0]);
            weight.copy_(torch.tensor(values, weight.shape) * Math.Sqrt(2.0 / fanIn));
        }
    }
}
