using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-shrink</c> takes.</summary>
public sealed record ShrinkOptions(
    [Description("The noise level that the correction takes over at.")][Range(0.001, 100.0)] double Stop = 0.5,
    [Description("The id of added weights that training reads; empty for none.")] string Weights = "");

/// <summary>Fits the number a for which a y is nearest to the source's own D(y; sigma), or to what a teacher makes of y.</summary>
[Correction("test-shrink", "Shrink")]
public sealed class ShrinkCorrection(ShrinkOptions options) : ICorrection, ICorrectionCheck
{
    private const double Highest = 90;

    private static readonly double[] s_descent = [20, 5, 1];

    public ITrainedCorrection Train(CorrectionContext context)
    {
        var (training, host) = (context.Training, context.Training.Host);
        if (options.Weights.Length > 0)
        {
            using var weights = File.OpenRead(training.Weights(options.Weights));
        }

        using var scope = torch.NewDisposeScope();
        var last = host.LastState();
        var products = last?.Contents.Tensors["products"] ?? torch.zeros([2], torch.float64);
        for (var step = (int)(last?.Step ?? 0); step < training.Settings.Steps; step++)
        {
            training.Cancellation.ThrowIfCancellationRequested();
            products.add_(Products(context, step));
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

    public void Check(CorrectionPlan plan)
    {
        if (options.Stop > Highest)
        {
            throw new ArgumentException($"stop is {options.Stop}; it is at most {Highest}.");
        }

        if (options.Stop >= plan.Schedule?.SigmaMax)
        {
            throw new NotApplicableException($"stop is {options.Stop}, and the source starts at {plan.Schedule.SigmaMax}.");
        }

        if (options.Weights.Length > 0 && plan.Weights(options.Weights) is null)
        {
            throw new NotApplicableException($"the weights {options.Weights} are missing.");
        }
    }

    private Shrink Fitted(torch.Tensor products) => new((products[0] / products[1]).ToDouble(), options.Stop);

    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => new Shrink(checkpoint.Tensors["factor"].ToDouble(), options.Stop);

    /// <summary>The sums of y times its target and of y squared over one batch of trajectories, float64 on the CPU.</summary>
    private torch.Tensor Products(CorrectionContext context, int step)
    {
        using var scope = torch.NewDisposeScope();
        var y = State(context, step);
        var target = context.Teacher?.Apply(new() { State = y, Sigma = options.Stop }) ?? context.Source.Denoise(y, Fill(y, options.Stop));
        return torch.stack([(y * target).sum(), (y * y).sum()]).cpu().MoveToOuterDisposeScope();
    }

    /// <summary>The source's own states at the stop level: a few Euler steps from its prior.</summary>
    private torch.Tensor State(CorrectionContext context, int step)
    {
        var (model, batch) = (context.Training.Model, context.Training.Settings.Batch);
        var noise = new SampleNoise(NoiseKey.For(model.Seed, model.Scope + "trajectory"), (long)step * batch, batch, context.Source.Shape, model.Device);
        var sigma = context.Source.Schedule.SigmaMax;
        var y = context.Source.Prior(sigma, noise);
        foreach (var next in s_descent.Where(s => s > options.Stop).Append(options.Stop))
        {
            y += (y - context.Source.Denoise(y, Fill(y, sigma))) * ((next - sigma) / sigma);
            sigma = next;
        }

        return y;
    }

    private static torch.Tensor Fill(torch.Tensor y, double sigma) => torch.full([y.shape[0]], sigma, y.dtype, y.device);
}
