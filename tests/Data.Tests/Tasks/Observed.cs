using Dfx.Data.Tasks;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Data.Tests.Tasks;

/// <summary>Random images as tasks observe them.</summary>
internal static class Observed
{
    /// <summary>A task by its name; the last one tells where the occluders are.</summary>
    internal static ITask Task(string name) => name switch
    {
        "half" => new HalfTask(),
        "completion" => new CompletionTask(),
        "expand" => new ExpandTask(new()),
        "expand random" => new ExpandTask(new(KnownSide.Random)),
        "thick" => new ThickLineTask(new()),
        "medium" => new MediumLineTask(new()),
        "thick a fifth" => new ThickLineTask(new(0.2)),
        "medium a fifth" => new MediumLineTask(new(0.2)),
        "thick least" => new ThickLineTask(new(LineOptions.LeastLargest)),
        "medium least" => new MediumLineTask(new(LineOptions.LeastLargest)),
        "mixed" => new MixedTask(new()),
        "mixed a fifth" => new MixedTask(new(KnownSide.Random, 0.2)),
        "deocclude" => new DeoccludeTask(new()),
        "deocclude mask" => new DeoccludeTask(new(Mask: true)),
        _ => throw new ArgumentException(name),
    };

    /// <summary>Image i of any batch: noise in [-1, 1] of its own.</summary>
    internal static torch.Tensor Clean(DataShape shape, int first, int count)
    {
        using var images = Noise("image", shape, first, count).Uniform(shape.Channels, shape.Height, shape.Width);
        return ((images * 2) - 1).to(torch.float32);
    }

    internal static SampleNoise Noise(string purpose, DataShape shape, int first, int count, torch.ScalarType dtype = torch.ScalarType.Float64) =>
        new(NoiseKey.For(7, purpose), first, count, shape, torch.CPU, dtype);

    internal static Condition Of(string task, torch.Tensor clean, int first = 0, torch.ScalarType dtype = torch.ScalarType.Float64) =>
        Task(task).Observe(new()
        {
            Clean = clean,
            Noise = Noise("mask", new((int)clean.shape[1], (int)clean.shape[2], (int)clean.shape[3]), first, (int)clean.shape[0], dtype),
        })!;

    /// <summary>1 where a pixel is hidden: [count, side, side].</summary>
    internal static torch.Tensor Hidden(string task, int side, int count) => 1 - Of(task, torch.zeros(count, 1, side, side)).Mask!.squeeze(1);
}
