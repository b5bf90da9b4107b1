using Dfx.Harness.Checking.Tiny;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>Calls trained models of any kind.</summary>
internal static class Probe
{
    /// <summary>The lowest level of a model, one between, and the highest.</summary>
    internal static double[] Levels(ITrainedModel model) => model switch
    {
        IDenoiser d => [d.Schedule.SigmaMin, Math.Sqrt(d.Schedule.SigmaMin * d.Schedule.SigmaMax), d.Schedule.SigmaMax],
        ICorruptionModel c => [c.Corruption.MinLevel, 0.5, 1],
        _ => throw new BreachException($"{model.GetType().Name} is neither a denoiser nor a corruption model"),
    };

    /// <summary>Corrupted images: image i is the same in any batch.</summary>
    internal static torch.Tensor State(ITrainedModel model, double level, int count, int first = 0, torch.ScalarType dtype = torch.ScalarType.Float64)
    {
        using var scope = torch.NewDisposeScope();
        var clean = Bench.Images(Bench.Data, first, count).to(dtype);
        var noise = Bench.Noise(count, first).Normal().to(dtype);
        var x = model is ICorruptionModel c
            ? c.Corruption.Apply(clean, Fill(clean, level)) + (noise * c.Corruption.Sigma(level))
            : clean + (noise * level);
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>What the model makes of them.</summary>
    internal static torch.Tensor Evaluate(ITrainedModel model, torch.Tensor x, double level)
    {
        using var levels = Fill(x, level);
        return model is IDenoiser denoiser ? denoiser.Denoise(x, levels) : ((ICorruptionModel)model).Restore(x, levels);
    }

    /// <summary>A hash of what the model makes of images at all levels, and of its prior.</summary>
    internal static string Bits(ITrainedModel model)
    {
        using var scope = torch.NewDisposeScope();
        var outputs = Levels(model).Select(level => Evaluate(model, State(model, level, 4), level));
        return string.Join('\n', outputs.Append(model.Prior(Levels(model)[^1], Bench.Noise(4))).Select(Tensors.Bits));
    }

    internal static torch.Tensor Fill(torch.Tensor x, double level) => torch.full([x.shape[0]], level, x.dtype, x.device);
}
